package io.millrace.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.Money;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.order.OrderApi.Answer;
import io.millrace.testing.infra.RealInfrastructure;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.route.RouteRules;
import io.millrace.web.testing.AccessMatrix;
import io.millrace.web.testing.TestIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service from outside: over HTTP and Kafka, with a real database and a provider over real HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(RealInfrastructure.class)
class OrderServiceIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final ProviderPeer PROVIDER = ProviderPeer.start();
    private static final Others OTHERS = new Others(RawProducer.shared());

    private final String customer = ISSUER.bearer("customer", "orders:read", "orders:write");
    private final String customer2 = ISSUER.bearer("customer2", "orders:read", "orders:write");
    private final String operator = ISSUER.bearer("operator", "orders:read:any", "orders:write:any");

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RouteRules routes;

    @LocalServerPort
    private int port;

    private OrderApi api;

    OrderServiceIT() {
        this.api = new OrderApi(1);
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
        registry.add("millrace.security.jwks-uri", ISSUER::jwksUri);
        registry.add("millrace.payment.provider-url", PROVIDER::url);
        registry.add("millrace.payment.callback-url", () -> "http://127.0.0.1:1/api/callbacks/payments");
        registry.add("millrace.payment.callback-secret", () -> ProviderPeer.SECRET);
        registry.add("millrace.payment.call-timeout", () -> "300ms");
        registry.add("millrace.payment.claim-for", () -> "4s");
        registry.add("millrace.payment.first-retry", () -> "300ms");
        // How long a request waits is not what is tested here, and this machine may be busy.
        registry.add("millrace.orders.placing-patience", () -> "20s");
        registry.add("millrace.orders.fraud-hash-key", () -> "a-key-for-this-test-only");
    }

    @BeforeEach
    void listProducts() {
        api = new OrderApi(port);
        OTHERS.list("tea", 1, new Money(450, "GBP"));
        OTHERS.list("kettle", 1, new Money(3_999, "GBP"));
        OTHERS.list("baguette", 1, new Money(120, "EUR"));
        await().atMost(SOON)
                .until(() -> jdbc.queryForObject("select count(*) from prices", Integer.class), listed -> listed >= 3);
    }

    @AfterAll
    static void close() {
        OTHERS.close();
        PROVIDER.close();
        ISSUER.close();
    }

    @Test
    void answersWithTheOrderAndAnnouncesIt() {
        try (TopicProbe events = TopicProbe.fromNow(Topics.ORDER_EVENTS.name());
                TopicProbe transactions = TopicProbe.fromNow(Topics.TRANSACTION_EVENTS.name())) {
            Answer placed = place("tea", 2, "tok_ok");
            assertThat(placed.status()).isEqualTo(201);
            assertThat(placed.response().headers().firstValue("Location")).contains("/api/orders/" + placed.id());
            assertThat(placed.json().get("status").asString()).isEqualTo("PENDING");
            assertThat(placed.json().get("total").get("minorUnits").asLong()).isEqualTo(900);
            assertThat(api.get(customer, placed.id()).json()).isEqualTo(placed.json());

            ConsumerRecord<byte[], byte[]> event = events.await(record -> isAbout(record, placed.id()));
            assertThat(TopicProbe.key(event)).contains(placed.id());
            assertThat(TopicProbe.header(event, "ce_type")).contains("order.placed");
            assertThat(TopicProbe.header(event, "ce_sequence")).contains("1");
            assertThat(TopicProbe.header(event, "ce_correlationid")).contains(placed.id());

            ConsumerRecord<byte[], byte[]> transaction = transactions.await(record -> isAbout(record, placed.id()));
            assertThat(TopicProbe.key(transaction)).contains("customer");
            assertThat(TopicProbe.value(transaction).orElseThrow())
                    .doesNotContain("ada@example.org", "Ada Byron", "St James", "tok_ok");
        }
    }

    @Test
    void confirmsWhatIsReservedClearedAndPaidFor() {
        String id = place("tea", 1, "tok_ok").id();
        OTHERS.reserve(id);
        OTHERS.score(id, FraudOutcome.APPROVE);
        Answer confirmed = awaitStatus(id, "CONFIRMED");
        assertThat(confirmed.json().get("payment").get("status").asString()).isEqualTo("AUTHORISED");
        assertThat(confirmed.json().get("history").get(1).get("cause").asString())
                .isEqualTo("payment-authorised");
        assertThat(PROVIDER.charges(id)).isEqualTo(1);
    }

    @Test
    void rejectsWhatIsOutOfStock() {
        String id = place("tea", 1, "tok_ok").id();
        OTHERS.score(id, FraudOutcome.APPROVE);
        OTHERS.refuseStock(id);
        assertThat(awaitStatus(id, "REJECTED").json().get("rejection").asString())
                .isEqualTo("OUT_OF_STOCK");
        assertThat(PROVIDER.status(id)).isEqualTo("NONE");
    }

    @Test
    void rejectsWhatFraudScoringBlocks() {
        String id = place("tea", 1, "tok_ok").id();
        OTHERS.reserve(id);
        OTHERS.score(id, FraudOutcome.BLOCK);
        assertThat(awaitStatus(id, "REJECTED").json().get("rejection").asString())
                .isEqualTo("FRAUD_BLOCKED");
    }

    @Test
    void rejectsWhatTheProviderDeclines() {
        String id = place("tea", 1, "tok_declined").id();
        OTHERS.reserve(id);
        OTHERS.score(id, FraudOutcome.APPROVE);
        assertThat(awaitStatus(id, "REJECTED").json().get("rejection").asString())
                .isEqualTo("PAYMENT_DECLINED");
    }

    @Test
    void holdsUntilAnAnalystHasDecided() {
        String approved = place("tea", 1, "tok_ok").id();
        String declined = place("tea", 1, "tok_ok").id();
        for (String id : List.of(approved, declined)) {
            OTHERS.score(id, FraudOutcome.REVIEW);
            OTHERS.reserve(id);
            awaitStatus(id, "ON_HOLD");
        }
        OTHERS.review(approved, true);
        OTHERS.review(declined, false);
        awaitStatus(approved, "CONFIRMED");
        assertThat(awaitStatus(declined, "REJECTED").json().get("rejection").asString())
                .isEqualTo("REVIEW_DECLINED");
        assertThat(PROVIDER.status(declined)).isEqualTo("NONE");
    }

    @Test
    void asksByReferenceWhenTheProviderDoesNotAnswer() {
        for (String token : List.of("tok_silent", "tok_malformed")) {
            String id = place("tea", 1, token).id();
            OTHERS.reserve(id);
            OTHERS.score(id, FraudOutcome.APPROVE);
            awaitStatus(id, "CONFIRMED");
            assertThat(PROVIDER.charges(id)).as(token).isEqualTo(1);
        }
    }

    @Test
    void takesTheProvidersReportsOnceAndOnlyWhenSigned() {
        String id = place("tea", 1, "tok_ok").id();
        OTHERS.reserve(id);
        OTHERS.score(id, FraudOutcome.APPROVE);
        awaitStatus(id, "CONFIRMED");
        String report = PROVIDER.report(id, "AUTHORISED");
        long now = Instant.now().getEpochSecond();
        assertThat(api.callback(null, report).status()).isEqualTo(400);
        assertThat(api.callback(ProviderPeer.signature(now, report + " "), report)
                        .code())
                .isEqualTo("signature-invalid");
        assertThat(api.callback(ProviderPeer.signature(now - 301, report), report)
                        .status())
                .isEqualTo(400);
        for (int i = 0; i < 2; i++) {
            assertThat(api.callback(ProviderPeer.signature(now, report), report).status())
                    .isEqualTo(204);
        }
        String contradiction = report.replace("AUTHORISED", "DECLINED");
        assertThat(api.callback(ProviderPeer.signature(now, contradiction), contradiction)
                        .status())
                .isEqualTo(204);
        assertThat(api.get(customer, id).json().get("status").asString()).isEqualTo("CONFIRMED");
        String unknown = report.replace(PROVIDER.reference(id), id);
        assertThat(api.callback(ProviderPeer.signature(now, unknown), unknown).status())
                .isEqualTo(404);
    }

    @Test
    void placesOneOrderForOneKeySentManyTimesAtOnce() {
        String key = OrderApi.newKey();
        String body = OrderApi.body("tea", 3, "tok_ok");
        long before = orders();
        List<CompletableFuture<Answer>> calls = IntStream.range(0, 50)
                .mapToObj(_ ->
                        CompletableFuture.supplyAsync(() -> api.place(customer, key, body), Thread::startVirtualThread))
                .toList();
        Set<String> bodies = new HashSet<>();
        for (CompletableFuture<Answer> call : calls) {
            assertThat(call.join().status()).isEqualTo(201);
            bodies.add(call.join().response().body());
        }
        bodies.add(api.place(customer, key, body).response().body());
        assertThat(bodies).hasSize(1);
        assertThat(orders()).isEqualTo(before + 1);
    }

    @Test
    void repeatsTheFirstAnswerAfterTheOrderHasGoneOn() {
        String key = OrderApi.newKey();
        String body = OrderApi.body("tea", 1, "tok_ok");
        Answer first = api.place(customer, key, body);
        OTHERS.refuseStock(first.id());
        awaitStatus(first.id(), "REJECTED");
        assertThat(api.place(customer, key, body).response().body())
                .isEqualTo(first.response().body());
    }

    @Test
    void refusesAKeyThatIsUsedForAnotherRequest() {
        String key = OrderApi.newKey();
        Answer first = api.place(customer, key, OrderApi.body("tea", 1, "tok_ok"));
        List<Long> before = stored();
        Answer second = api.place(customer, key, OrderApi.body("tea", 2, "tok_ok"));
        assertRefused(second, 422, "idempotency-key-reused", "Idempotency-Key");
        assertThat(stored()).isEqualTo(before);
        Answer others = api.place(customer2, key, OrderApi.body("tea", 2, "tok_ok"));
        assertThat(others.status()).isEqualTo(201);
        assertThat(others.id()).isNotEqualTo(first.id());
    }

    @Test
    void neverStoresAKeyOfARefusedRequest() {
        String key = OrderApi.newKey();
        assertThat(api.place(customer, key, OrderApi.body("nothing", 1, "tok_ok"))
                        .status())
                .isEqualTo(422);
        assertThat(api.place(customer, key, OrderApi.body("tea", 1, "tok_ok")).status())
                .isEqualTo(201);
    }

    @Test
    void showsAnOrderToItsCustomerAndToThoseWhoMaySeeAll() {
        String id = place("tea", 1, "tok_ok").id();
        assertThat(api.get(customer, id).status()).isEqualTo(200);
        assertThat(api.get(operator, id).status()).isEqualTo(200);
        assertThat(api.get(customer2, id).code()).isEqualTo("order-not-found");
    }

    @Test
    void letsInOnlyWhomTheRoutesName() throws Exception {
        assertThat(new AccessMatrix(URI.create("http://127.0.0.1:" + port), ISSUER).violations(routes))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "quantity": 1               | "quantity": 0                                  | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": -1                                 | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": 1000                               | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": 4294967297                         | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": 1.5                                | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": "1"                                | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": null                               | 400 | invalid-request   | lines[0].quantity
            "quantity": 1               | "quantity": 1, "quantity": 2                   | 400 | malformed-json    | lines[0]
            "quantity": 1               | "quantity": 1, "colour": "red"                 | 400 | invalid-request   | lines[0].colour
            , "quantity": 1             | ''                                             | 400 | invalid-request   | lines[0].quantity
            "sku": "tea"                | "sku": " "                                     | 400 | invalid-request   | lines[0].sku
            "sku": "tea"                | "sku": 7                                       | 400 | invalid-request   | lines[0].sku
            "sku": "tea"                | "sku": "te\\u0000a"                            | 400 | invalid-request   | lines[0].sku
            "sku": "tea"                | "sku": "nothing"                               | 422 | unknown-product   | lines[0].sku
            {"sku": "tea", "quantity": 1} | {"sku": "tea", "quantity": 1}, {"sku": "baguette", "quantity": 1} | 422 | mixed-currencies | lines[1].sku
            {"sku": "tea", "quantity": 1} | null                                         | 400 | invalid-request   | lines[0]
            "sku": "tea", "quantity": 1 | "sku": "gold", "quantity": 999                 | 422 | total-too-large   | lines
            "ada@example.org"           | "nobody"                                       | 400 | invalid-request   | contact.email
            {"email": "ada@example.org"} | null                                          | 400 | invalid-request   | contact
            {"email": "ada@example.org"} | {"email": "ada@example.org", "phone": "1"}    | 400 | invalid-request   | contact.phone
            "country": "GB"             | "country": "England"                           | 400 | invalid-request   | shipTo.country
            "name": "Ada Byron",        | ''                                             | 400 | invalid-request   | shipTo.name
            "shipTo": {                 | "shipTo": { "planet": "Earth",                 | 400 | invalid-request   | shipTo.planet
            "paymentToken": "tok_ok"    | "visitorId": "v"                               | 400 | invalid-request   | paymentToken
            "paymentToken": "tok_ok"    | "paymentToken": ""                             | 400 | invalid-request   | paymentToken
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "status": "CONFIRMED" | 400 | invalid-request  | status
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "visitorId": ""      | 400 | invalid-request   | visitorId
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "deviceId": []       | 400 | invalid-request   | deviceId
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": 450 | 400 | invalid-request   | expectedTotal
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": {"minorUnits": 450, "currency": "pounds"} | 400 | invalid-request | expectedTotal
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": {"minorUnits": 450} | 400 | invalid-request | expectedTotal.currency
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": {"minorUnits": 1, "currency": "GBP"} | 409 | price-changed | expectedTotal
            "paymentToken": "tok_ok"    | "paymentToken": "tok_ok", "expectedTotal": {"minorUnits": 450, "currency": "EUR"} | 409 | price-changed | expectedTotal
            """)
    void refusesBadInputNamingTheField(String good, String bad, int status, String code, String field) {
        OTHERS.list("gold", 1, new Money(Long.MAX_VALUE / 100, "GBP"));
        await().atMost(SOON).until(() -> listed("gold"));
        List<Long> before = stored();
        String body = OrderApi.body("tea", 1, "tok_ok");
        assertThat(body).contains(good);
        Answer answer = api.place(customer, OrderApi.newKey(), body.replace(good, bad));
        assertRefused(answer, status, code, field);
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''          | body-missing
            {"lines":   | malformed-json
            null        | body-missing
            []          | invalid-request
            "an order"  | invalid-request
            """)
    void refusesWhatIsNoOrderAtAll(String body, String code) {
        List<Long> before = stored();
        Answer answer = api.place(customer, OrderApi.newKey(), body);
        assertRefused(answer, 400, code, "");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void refusesAnOrderWithSomethingBehindIt() {
        List<Long> before = stored();
        String twice = OrderApi.body("tea", 1, "tok_ok").repeat(2);
        assertRefused(api.place(customer, OrderApi.newKey(), twice), 400, "malformed-json", "");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void refusesAnOrderWithoutLinesOrWithMoreThanAHundred() {
        String line = "{\"sku\": \"tea\", \"quantity\": 1}";
        String body = OrderApi.body("tea", 1, "tok_ok");
        String none = body.replace(line, "");
        String many = body.replace(line, String.join(",", Collections.nCopies(101, line)));
        String most = body.replace(line, String.join(",", Collections.nCopies(100, line)));
        List<Long> before = stored();
        assertRefused(api.place(customer, OrderApi.newKey(), none), 400, "invalid-request", "lines");
        assertRefused(api.place(customer, OrderApi.newKey(), many), 400, "invalid-request", "lines");
        assertThat(stored()).isEqualTo(before);
        assertThat(api.place(customer, OrderApi.newKey(), most).status()).isEqualTo(201);
    }

    @Test
    void takesTheLargestQuantityAndTheExpectedTotal() {
        String body = OrderApi.body("tea", 999, "tok_ok")
                .replace(
                        "\"tok_ok\"", "\"tok_ok\", \"expectedTotal\": {\"minorUnits\": 449550, \"currency\": \"GBP\"}");
        assertThat(api.place(customer, OrderApi.newKey(), body).status()).isEqualTo(201);
    }

    @Test
    void tellsTheNewTotalWhenThePriceHasChanged() {
        String body = OrderApi.body("tea", 2, "tok_ok")
                .replace("\"tok_ok\"", "\"tok_ok\", \"expectedTotal\": {\"minorUnits\": 1, \"currency\": \"GBP\"}");
        Answer answer = api.place(customer, OrderApi.newKey(), body);
        assertThat(answer.json().at("/total/minorUnits").asLong()).isEqualTo(900);
        assertThat(answer.json().at("/total/currency").asString()).isEqualTo("GBP");
    }

    @Test
    void refusesBodiesOver64KiBHoweverTheyAreSent() {
        String body = OrderApi.body("tea", 1, "tok_ok");
        int largest = 64 * 1024;
        String fits = " ".repeat(largest - body.length()) + body;
        List<Long> before = stored();
        assertRefused(api.place(customer, OrderApi.newKey(), " " + fits), 413, "body-too-large", "");
        assertRefused(api.placeInChunks(customer, OrderApi.newKey(), " " + fits), 413, "body-too-large", "");
        assertThat(stored()).isEqualTo(before);
        assertThat(api.placeInChunks(customer, OrderApi.newKey(), fits).status())
                .isEqualTo(201);
    }

    @Test
    void refusesAMissingOrUnusableIdempotencyKey() {
        String body = OrderApi.body("tea", 1, "tok_ok");
        List<Long> before = stored();
        assertRefused(api.placeWithoutKey(customer, body), 400, "idempotency-key-missing", "Idempotency-Key");
        for (String key : List.of("k".repeat(256), "two words", "")) {
            assertRefused(api.place(customer, key, body), 400, "idempotency-key-invalid", "Idempotency-Key");
        }
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void setsAsideAnswersAboutOrdersThatDoNotExist() {
        String nobody = "01890000-0000-7000-8000-00000000dead";
        OTHERS.reserve(nobody);
        try (TopicProbe deadLetters =
                TopicProbe.fromBeginning(Topics.RESERVATIONS.deadLetters("order-service.answers"))) {
            ConsumerRecord<byte[], byte[]> letter = deadLetters.await(record -> isAbout(record, nobody));
            assertThat(TopicProbe.header(letter, "dlt_cause").orElseThrow()).contains("there is no order " + nobody);
        }
        String id = place("tea", 1, "tok_ok").id();
        OTHERS.refuseStock(id);
        awaitStatus(id, "REJECTED");
    }

    private Answer place(String sku, int quantity, String token) {
        return api.place(customer, OrderApi.newKey(), OrderApi.body(sku, quantity, token));
    }

    private Answer awaitStatus(String id, String status) {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> api.get(customer, id),
                        order -> order.json().path("status").asString("").equals(status));
    }

    private static void assertRefused(Answer answer, int status, String code, String fields) {
        assertThat(answer.code()).as(answer.response().body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.fields()).isEqualTo(fields);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.json().get("type").asString()).isEqualTo("urn:millrace:problem:" + code);
    }

    private boolean listed(String sku) {
        return count("select count(*) from prices where listed and sku = '%s'".formatted(sku)) == 1;
    }

    /** How much there is of whatever an order leaves behind. */
    private List<Long> stored() {
        return Stream.of("orders", "order_contents", "idempotency_keys")
                .map(table -> count("select count(*) from " + table))
                .toList();
    }

    private long orders() {
        return count("select count(*) from orders");
    }

    private long count(String query) {
        Long count = jdbc.queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }

    private static boolean isAbout(ConsumerRecord<byte[], byte[]> record, String orderId) {
        return TopicProbe.header(record, "ce_subject").filter(orderId::equals).isPresent();
    }
}
