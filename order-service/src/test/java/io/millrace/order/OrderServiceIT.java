package io.millrace.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.order.OrderApi.Answer;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.route.RouteRules;
import io.millrace.web.testing.AccessMatrix;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Orders from their placing to their end. */
class OrderServiceIT extends OrderServiceContext {

    private final String customer2 = ISSUER.bearer("customer2", "orders:read", "orders:write");
    private final String operator = ISSUER.bearer("operator", "orders:read:any", "orders:write:any");

    @Autowired
    private RouteRules routes;

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
    void givesBackWhatIsAuthorisedAfterItWasDeclined() {
        String id = place("tea", 1, "tok_declined").id();
        OTHERS.reserve(id);
        OTHERS.score(id, FraudOutcome.APPROVE);
        awaitStatus(id, "REJECTED");
        PROVIDER.authorise(id);
        String report = PROVIDER.report(id, "AUTHORISED");
        assertThat(api.callback(ProviderPeer.signature(Instant.now().getEpochSecond(), report), report)
                        .status())
                .isEqualTo(204);
        await().atMost(Duration.ofSeconds(20)).until(() -> PROVIDER.status(id).equals("VOIDED"));
        assertThat(api.get(customer, id).json().get("status").asString()).isEqualTo("REJECTED");
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
}
