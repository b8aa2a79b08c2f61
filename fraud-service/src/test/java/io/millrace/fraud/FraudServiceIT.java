package io.millrace.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.Envelope;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.ReviewDecided;
import io.millrace.events.order.OrderExpired;
import io.millrace.events.order.OrderRejected;
import io.millrace.events.order.RejectionReason;
import io.millrace.fraud.FraudApi.Answer;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.testing.infra.RealInfrastructure;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.route.RouteRules;
import io.millrace.web.testing.AccessMatrix;
import io.millrace.web.testing.TestIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service from outside: over Kafka and HTTP, with a real broker and database. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(RealInfrastructure.class)
class FraudServiceIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final OrderPeer ORDERS = new OrderPeer();

    private final String analyst = ISSUER.bearer("analyst", "fraud:review", "ops:read");
    private final String analyst2 = ISSUER.bearer("analyst2", "fraud:review");
    private final String customer = ISSUER.bearer("customer", "orders:read", "orders:write");
    private final String aCustomer = "c-" + UUID.randomUUID();

    @Autowired
    private RouteRules routes;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    private FraudApi api = new FraudApi(1);

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
        registry.add("millrace.security.jwks-uri", ISSUER::jwksUri);
    }

    @BeforeEach
    void connect() {
        api = new FraudApi(port);
    }

    @AfterAll
    static void close() {
        ORDERS.close();
        ISSUER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "4000, approve, 404, none",
        "120000, step-up, 200, open",
        "300000, review, 200, open",
        "1000000, block, 404, none"
    })
    void decidesEveryTransactionAndOpensACaseWhereAPersonIsNeeded(
            long minorUnits, String outcome, int status, String caseStatus) {
        UUID order = ORDERS.initiate(aCustomer, minorUnits);

        Answer decision = awaitDecision(order);

        assertThat(decision.text("outcome")).isEqualTo(outcome);
        assertThat(decision.text("customerId")).isEqualTo(aCustomer);
        assertThat(decision.json().at("/amount/minorUnits").asLong()).isEqualTo(minorUnits);
        assertThat(decision.json().path("reasons").isEmpty()).isEqualTo(outcome.equals("approve"));
        Answer opened = api.fraudCase(analyst, order);
        assertThat(opened.status()).isEqualTo(status);
        assertThat(opened.json().has("decision") ? opened.text("status") : "none")
                .isEqualTo(caseStatus);
    }

    @ParameterizedTest
    @CsvSource({"approve, approved, decline", "decline, declined, approve"})
    void takesTheFirstVerdictAndTellsItOnce(String verdict, String status, String other) {
        UUID order = awaitCase(ORDERS.initiate(aCustomer, 300_000));

        Answer first = api.decide(analyst, order, verdict(verdict, "called the customer"));
        Answer repeated = api.decide(analyst2, order, verdict(verdict, "me too"));
        Answer contrary = api.decide(analyst2, order, verdict(other, "I disagree"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text("status")).isEqualTo(status);
        assertThat(first.json().at("/ruling/decidedBy").asString()).isEqualTo("analyst");
        assertThat(first.json().at("/ruling/note").asString()).isEqualTo("called the customer");
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.json()).isEqualTo(first.json());
        assertThat(contrary.status()).isEqualTo(409);
        assertThat(contrary.text("code")).isEqualTo("case-already-decided");
        assertThat(contrary.text("status")).isNotEqualTo(other);
        assertThat(api.fraudCase(analyst, order).json()).isEqualTo(first.json());

        List<ConsumerRecord<byte[], byte[]>> told = told(order, 2);
        Envelope envelope = EventHeaders.read(told.get(1).headers());
        assertThat(envelope.sequence()).isEqualTo(2);
        assertThat(envelope.subject()).isEqualTo(order.toString());
        assertThat(envelope.correlationId()).isEqualTo(order.toString());
        assertThat(new EventCodec()
                        .decode(
                                Topics.FRAUD_DECISIONS,
                                envelope.type(),
                                told.get(1).value()))
                .isEqualTo(new ReviewDecided(order, verdict.equals("approve"), "analyst"));
    }

    @Test
    void tellsOneOfManyVerdictsGivenAtOnce() {
        UUID order = awaitCase(ORDERS.initiate(aCustomer, 300_000));

        List<CompletableFuture<Answer>> answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                        api.decide(analyst, order, verdict(i % 2 == 0 ? "approve" : "decline", "now"))))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).map(Answer::status))
                .containsOnly(200, 409)
                .filteredOn(status -> status == 200)
                .hasSize(10);
        assertThat(told(order, 2)).hasSize(2);
    }

    @Test
    void closesACaseWhoseOrderEnds() {
        UUID expired = awaitCase(ORDERS.initiate(aCustomer, 300_000));
        UUID rejected = awaitCase(ORDERS.initiate(aCustomer, 300_000));
        ORDERS.tell(new OrderExpired(expired, List.of("inventory")));
        ORDERS.tell(new OrderRejected(rejected, RejectionReason.OUT_OF_STOCK));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.fraudCase(analyst, rejected).text("status"))
                        .isEqualTo("closed"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.fraudCase(analyst, expired).text("status"))
                        .isEqualTo("closed"));
        assertThat(api.fraudCase(analyst, expired).text("orderEnding")).isEqualTo("expired");
        Answer late = api.decide(analyst, expired, verdict("approve", "too late"));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("code")).isEqualTo("order-ended");
        assertThat(told(expired, 1)).hasSize(1);
    }

    @Test
    void listsWhatCanStillBeDecided() {
        UUID open = awaitCase(ORDERS.initiate(aCustomer, 300_000));
        UUID decided = awaitCase(ORDERS.initiate(aCustomer, 300_000));
        api.decide(analyst, decided, verdict("approve", "fine"));

        assertThat(orders("open")).contains(open.toString()).doesNotContain(decided.toString());
        assertThat(orders("approved")).contains(decided.toString()).doesNotContain(open.toString());
    }

    @Test
    void refusesWhatItCannotRead() {
        UUID order = awaitCase(ORDERS.initiate(aCustomer, 300_000));
        UUID unknown = UUID.randomUUID();

        assertProblem(api.decision(analyst, unknown), 404, "decision-not-found");
        assertProblem(api.fraudCase(analyst, unknown), 404, "case-not-found");
        assertProblem(api.decide(analyst, unknown, verdict("approve", "x")), 404, "case-not-found");
        assertProblem(api.get(analyst, "/api/fraud/cases?status=odd"), 400, "invalid-request");
        assertProblem(api.get(analyst, "/api/fraud/cases?cursor=b2Rk"), 400, "invalid-request");
        assertProblem(api.get(analyst, "/api/fraud/cases?limit=201"), 400, "invalid-request");
        assertProblem(api.get(analyst, "/api/fraud/cases/one"), 400, "invalid-request");
        assertProblem(api.decide(analyst, order, verdict("perhaps", "x")), 400, "invalid-request");
        assertProblem(api.decide(analyst, order, "{}"), 400, "invalid-request");
        assertProblem(api.decide(analyst, order, verdict("approve", "x".repeat(2_001))), 400, "invalid-request");
        assertProblem(api.decide(analyst, order, "{\"verdict\":\"approve\",\"odd\":1}"), 400, "invalid-request");
        assertThat(api.fraudCase(analyst, order).text("status")).isEqualTo("open");
    }

    @Test
    void letsInOnlyWhomItsRoutesName() throws Exception {
        assertThat(new AccessMatrix(URI.create("http://127.0.0.1:" + port), ISSUER).violations(routes))
                .isEmpty();
    }

    @Test
    void keepsCustomersOutOfEveryCase() {
        UUID order = awaitCase(ORDERS.initiate("customer", 300_000));

        assertProblem(api.decision(customer, order), 403, "forbidden");
        assertProblem(api.fraudCase(customer, order), 403, "forbidden");
        assertProblem(api.get(customer, "/api/fraud/cases"), 403, "forbidden");
        assertProblem(api.decide(customer, order, verdict("approve", "mine")), 403, "forbidden");
        assertThat(api.fraudCase(analyst, order).text("status")).isEqualTo("open");
    }

    @Test
    void saysThatItConsumes() {
        FraudApi management = new FraudApi(managementPort);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(management.get(analyst, "/actuator/health/consuming"))
                        .satisfies(health -> assertThat(health.status()).isEqualTo(200))
                        .satisfies(health -> assertThat(
                                        health.json().path("components").propertyNames())
                                .containsExactlyInAnyOrder("consumers", "outbox", "scoring")));
        assertThat(management.get(analyst, "/actuator/health/readiness").status())
                .isEqualTo(200);
    }

    private Answer awaitDecision(UUID order) {
        return await().atMost(SOON).until(() -> api.decision(analyst, order), answer -> answer.status() == 200);
    }

    private UUID awaitCase(UUID order) {
        await().atMost(SOON).until(() -> api.fraudCase(analyst, order).status() == 200);
        return order;
    }

    private List<String> orders(String status) {
        List<String> orders = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get(analyst, "/api/fraud/cases?status=" + status + "&limit=2" + cursor);
            page.json()
                    .path("items")
                    .forEach(item -> orders.add(item.path("orderId").asString()));
            cursor = page.text("next").isEmpty() ? "" : "&cursor=" + page.text("next");
        } while (!cursor.isEmpty());
        return orders;
    }

    /** What was told about an order, once there is as much, and a while after. */
    private static List<ConsumerRecord<byte[], byte[]>> told(UUID order, int atLeast) {
        try (TopicProbe probe = TopicProbe.committedFromBeginning(Topics.FRAUD_DECISIONS.name())) {
            await().atMost(SOON).until(() -> about(order, probe.records()).size() >= atLeast);
            return about(order, probe.listenFor(Duration.ofMillis(500)));
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> about(UUID order, List<ConsumerRecord<byte[], byte[]>> all) {
        return all.stream()
                .filter(each -> TopicProbe.key(each).orElse("").equals(order.toString()))
                .toList();
    }

    private static String verdict(String verdict, String note) {
        return "{\"verdict\":\"%s\",\"note\":\"%s\"}".formatted(verdict, note);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }
}
