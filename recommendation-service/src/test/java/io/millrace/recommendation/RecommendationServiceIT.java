package io.millrace.recommendation;

import static io.millrace.recommendation.ShopApi.batch;
import static io.millrace.recommendation.ShopApi.viewed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.catalogue.Topics;
import io.millrace.recommendation.ShopApi.Answer;
import io.millrace.testing.infra.TestKafka;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.route.RouteRules;
import io.millrace.web.testing.AccessMatrix;
import io.millrace.web.testing.TestIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service from outside: over Kafka and HTTP, with a real broker. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "millrace.recommendation.streams.state-directory=target/streams",
            "millrace.recommendation.limit.requests-per-second=50",
            "millrace.recommendation.limit.burst=100",
            "millrace.recommendation.limit.clicks-per-second=50",
            "millrace.recommendation.limit.click-burst=1000",
            "millrace.recommendation.index.rank-every=50ms"
        })
class RecommendationServiceIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final InventoryPeer INVENTORY = new InventoryPeer();

    /** Products of this test: nobody else's. */
    private final String shelf = "P" + UUID.randomUUID().toString().substring(0, 8);

    private final String pot = shelf + "-POT";
    private final String cup = shelf + "-CUP";
    private final String rake = shelf + "-RAKE";

    @Autowired
    private RouteRules routes;

    @Autowired
    private MeterRegistry meters;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    private ShopApi shop = new ShopApi(1, "");

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
        registry.add("millrace.security.jwks-uri", ISSUER::jwksUri);
        registry.add("spring.kafka.bootstrap-servers", TestKafka::bootstrapServers);
    }

    @BeforeEach
    void connect() {
        shop = new ShopApi(port, "203.0.113." + Math.floorMod(shelf.hashCode(), 200));
        ShopApi management = new ShopApi(managementPort, "127.0.0.1");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                management.get("/actuator/health/readiness").status())
                        .isEqualTo(200));
    }

    @AfterAll
    static void close() {
        INVENTORY.close();
        ISSUER.close();
    }

    @Test
    void showsWhatVisitorsLookedAtTogether() {
        sellEverything();
        for (String visitor : List.of("a", "b", "c")) {
            accepted(shop.report(List.of(viewed(shelf + visitor, pot), viewed(shelf + visitor, cup))), 2);
        }

        Answer similar = await().atMost(SOON)
                .until(
                        () -> shop.similar(pot, 2),
                        answer -> answer.text("strategy").equals("viewed-together"));

        assertThat(similar.skus().getFirst()).isEqualTo(cup);
        assertThat(similar.json().at("/items/0/title").asString()).isEqualTo("The " + cup);
        assertThat(similar.json().at("/items/0/category").asString()).isEqualTo(shelf);
        assertThat(similar.json().at("/items/0/price/minorUnits").asLong()).isEqualTo(1_250);
        assertThat(similar.json().at("/items/0/price/currency").asString()).isEqualTo("GBP");
        assertThat(similar.json().at("/items/0/reason/code").asString()).isEqualTo("VIEWED_TOGETHER");
        assertThat(similar.json().at("/items/0/reason/seedSku").asString()).isEqualTo(pot);
        assertThat(similar.json().at("/items/0/score").asDouble()).isBetween(0.01, 1.0);
        assertThat(similar.json().path("degraded").asBoolean(true)).isFalse();
        assertThat(similar.text("recommendationId")).isNotEmpty();

        accepted(shop.report(List.of(viewed(shelf + "d", pot))), 1);
        Answer forVisitor = await().atMost(SOON)
                .until(
                        () -> shop.recommendations(shelf + "d", 2),
                        answer -> answer.text("strategy").equals("viewed-together"));
        assertThat(forVisitor.skus()).startsWith(cup).doesNotContain(pot);
    }

    @Test
    void answersTheSameFromAnotherInstanceThatBeganLater() {
        sellEverything();
        for (String visitor : List.of("a", "b", "e")) {
            accepted(shop.report(List.of(viewed(shelf + visitor, pot), viewed(shelf + visitor, cup))), 2);
        }
        await().atMost(SOON).until(() -> shop.similar(pot, 1).text("strategy").equals("viewed-together"));

        try (ConfigurableApplicationContext second = SpringApplication.run(
                RecommendationApplication.class,
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                "--millrace.security.issuer=" + TestIssuer.ISSUER,
                "--millrace.recommendation.streams.state-directory=target/streams-second")) {
            ShopApi other = new ShopApi(
                    second.getEnvironment().getRequiredProperty("local.server.port", Integer.class), "127.0.0.1");
            await().atMost(SOON)
                    .until(() -> other.similar(pot, 1)
                            .json()
                            .path("items")
                            .equals(shop.similar(pot, 1).json().path("items")));

            accepted(shop.report(List.of(viewed(shelf + "c", pot))), 1);
            accepted(other.report(List.of(viewed(shelf + "d", pot))), 1);
            for (String visitor : List.of("c", "d")) {
                for (ShopApi either : List.of(shop, other)) {
                    await().atMost(SOON)
                            .until(() -> either.recommendations(shelf + visitor, 1)
                                    .skus()
                                    .equals(List.of(cup)));
                }
            }
        }
    }

    @Test
    void changesNothingWhenABatchComesAgain() {
        sellEverything();
        List<String> events = Stream.of("a", "b", "c")
                .flatMap(visitor -> Stream.of(viewed(shelf + visitor, pot), viewed(shelf + visitor, cup)))
                .toList();
        accepted(shop.report(events), 6);
        Answer before = await().atMost(SOON)
                .until(
                        () -> shop.similar(pot, 1),
                        answer -> answer.text("strategy").equals("viewed-together"));
        double duplicates = counted("millrace.recommendation.clicks.duplicated");

        accepted(shop.report(events), 6);

        await().atMost(SOON).until(() -> counted("millrace.recommendation.clicks.duplicated") == duplicates + 6);
        assertThat(shop.similar(pot, 1).json().path("items"))
                .isEqualTo(before.json().path("items"));
        assertThat(visitsTo(pot)).hasSize(3);
    }

    @Test
    void hidesWhatIsSoldOutOrNoLongerListed() {
        sellEverything();
        await().atMost(SOON).until(() -> shop.similar(pot, 50).skus().containsAll(List.of(cup, rake)));

        INVENTORY.stock(cup, 2, 0);
        INVENTORY.delist(rake, 2);

        await().atMost(SOON)
                .until(() -> Collections.disjoint(shop.similar(pot, 50).skus(), List.of(cup, rake)));
        INVENTORY.stock(cup, 1, 9); // late and outdated
        INVENTORY.stock(cup, 3, 1);
        await().atMost(SOON).until(() -> shop.similar(pot, 50).skus().contains(cup));
        assertThat(shop.get("/api/recommendations/items/" + pot + "/similar?limit=50&exclude=" + cup + "," + rake)
                        .skus())
                .doesNotContain(cup, rake, pot);
    }

    @Test
    void answersWhomAndWhatItDoesNotKnow() {
        sellEverything();
        await().atMost(SOON).until(() -> shop.similar(pot, 50).skus().contains(cup));

        for (Answer answer : List.of(
                shop.recommendations("never-seen-" + shelf, 1),
                shop.get("/api/recommendations?limit=1"),
                shop.similar("NO-SUCH-PRODUCT", 1))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.skus()).hasSize(1);
        }
    }

    @Test
    void setsPoisonAsideAndGoesOn() {
        sellEverything();
        String poison = "{\"sku\":" + shelf;
        try (RawProducer producer = RawProducer.shared()) {
            producer.send(Topics.CLICKSTREAM_EVENTS.name(), shelf + "a", poison, Map.of());
            producer.send(Topics.CLICKSTREAM_EVENTS.name(), null, null, Map.of());
        }

        accepted(shop.report(List.of(viewed(shelf + "a", pot), viewed(shelf + "a", cup))), 2);

        await().atMost(SOON).until(() -> visitsTo(cup).size() == 1);
        try (TopicProbe probe = TopicProbe.committedFromBeginning(
                Topics.CLICKSTREAM_EVENTS.deadLetters("recommendation-service.sessions"))) {
            ConsumerRecord<byte[], byte[]> deadLetter =
                    probe.await(record -> TopicProbe.value(record).orElse("").equals(poison));
            assertThat(TopicProbe.key(deadLetter)).contains(shelf + "a");
            assertThat(TopicProbe.header(deadLetter, "dlt_cause").orElse("")).contains("header ce_");
        }
    }

    @Test
    void refusesClicksThatCannotBe() {
        double before = counted("millrace.recommendation.clicks.rejected");
        Instant now = Instant.now();

        Answer answer = shop.report(List.of(
                viewed(shelf + "a", pot),
                viewed("", pot),
                viewed(shelf + "a", pot, now.plusSeconds(600)),
                viewed(shelf + "a", pot, now.minusSeconds(100_000)),
                "{\"eventId\":\"1\",\"type\":\"item-viewed\",\"visitorId\":\"v1\",\"sku\":\"A\"}",
                "{}"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.json().path("rejected").asInt()).isEqualTo(5);
        assertThat(answer.json().at("/errors/0/index").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("visitorId");
        assertThat(answer.json().at("/errors/0/message").asString()).startsWith("must ");
        assertThat(counted("millrace.recommendation.clicks.rejected")).isEqualTo(before + 5);
    }

    @Test
    void refusesBatchesItCannotTake() {
        double before = counted("millrace.recommendation.batches.refused", "status", "413");
        String good = viewed(shelf + "a", pot);

        assertProblem(shop.post("{\"events\":["), 400, "malformed-json");
        assertProblem(shop.post("[]"), 400, "invalid-request");
        assertProblem(shop.post("{}"), 400, "invalid-request");
        assertProblem(shop.post("{\"events\":[]}"), 400, "invalid-request");
        assertProblem(shop.post("{\"events\":[null]}"), 400, "invalid-request");
        assertProblem(shop.post("{\"events\":[" + good + "],\"odd\":1}"), 400, "invalid-request");
        assertProblem(shop.post(batch(List.of(good.replace("\"sku\"", "\"odd\"")))), 400, "invalid-request");
        assertProblem(shop.post(batch(List.of(good.replace(pot, "\\u0000")))), 400, "invalid-request");
        assertProblem(shop.post(batch(List.of(good.replace("\"" + pot + "\"", "1")))), 400, "invalid-request");
        assertProblem(shop.post(batch(Collections.nCopies(501, "{}"))), 413, "too-many-events");
        assertProblem(shop.post(batch(List.of(good.replace(pot, "x".repeat(256 * 1024))))), 413, "body-too-large");
        await().atMost(SOON) // counted as the answer is on its way
                .until(() -> counted("millrace.recommendation.batches.refused", "status", "413") == before + 2);
    }

    @Test
    void takesTheLargestBatch() {
        accepted(
                shop.report(IntStream.range(0, 500)
                        .mapToObj(i -> viewed(shelf + i % 7, pot))
                        .toList()),
                500);
    }

    @Test
    void refusesQuestionsItCannotRead() {
        for (String path : List.of(
                "/api/recommendations?visitorId=v1&limit=0",
                "/api/recommendations?visitorId=v1&limit=51",
                "/api/recommendations?visitorId=v1&limit=ten",
                "/api/recommendations?visitorId=" + "v".repeat(65),
                "/api/recommendations?visitorId=v1&exclude=a%20b",
                "/api/recommendations?visitorId=v1&exclude=%00",
                "/api/recommendations/items/-/similar")) {
            assertProblem(shop.get(path), 400, "invalid-request");
        }
        String excluded =
                String.join(",", IntStream.range(0, 101).mapToObj(i -> "S" + i).toList());
        assertProblem(shop.get("/api/recommendations?exclude=" + excluded), 400, "invalid-request");
    }

    /** Few requests may hold many clicks: what they hold is what costs. */
    @Test
    void limitsTheClicksOfAnAddressWhateverBatchesTheyComeIn() {
        ShopApi eager = new ShopApi(port, "198.51.100.7");
        List<Answer> answers = IntStream.range(0, 4)
                .mapToObj(i -> eager.report(IntStream.range(0, 400)
                        .mapToObj(each -> viewed("eager", "A"))
                        .toList()))
                .toList();

        assertThat(answers).extracting(Answer::status).contains(202, 429);
        Answer limited = answers.getLast();
        assertThat(limited.text("code")).isEqualTo("too-many-clicks");
        assertThat(limited.retryAfter()).isPresent();
        assertThat(new ShopApi(port, "198.51.100.8")
                        .report(List.of(viewed("calm", "A")))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void limitsAnAddressAndNoOther() {
        ShopApi eager = new ShopApi(port, "198.51.100.1");
        List<Answer> answers = IntStream.range(0, 400)
                .parallel()
                .mapToObj(i -> eager.get("/api/recommendations?limit=1"))
                .toList();

        assertThat(answers).extracting(Answer::status).containsOnly(200, 429);
        Answer limited = answers.stream()
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(limited.text("code")).isEqualTo("too-many-requests");
        assertThat(limited.retryAfter()).contains("1");
        assertThat(new ShopApi(port, "198.51.100.2").get("/api/recommendations").status())
                .isEqualTo(200);
    }

    @Test
    void letsInOnlyWhomItsRoutesName() throws Exception {
        assertThat(new AccessMatrix(URI.create("http://127.0.0.1:" + port), ISSUER).violations(routes))
                .isEmpty();
    }

    @Test
    void saysThatItConsumes() {
        ShopApi management = new ShopApi(managementPort, "127.0.0.1");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(management.get("/actuator/health/consuming"))
                        .satisfies(health -> assertThat(health.status()).isEqualTo(200))
                        .satisfies(health -> assertThat(
                                        health.json().path("components").propertyNames())
                                .containsExactlyInAnyOrder("sessions", "reader")));
        assertThat(management
                        .get("/actuator/health/readiness")
                        .json()
                        .path("components")
                        .propertyNames())
                .containsExactlyInAnyOrder("readinessState", "index");
    }

    /** Three products, which the service knows when this returns. */
    private void sellEverything() {
        for (String sku : List.of(pot, cup, rake)) {
            INVENTORY.sell(sku, shelf, 5);
        }
        await().atMost(SOON).until(() -> shop.similar("X", 50).skus().containsAll(List.of(pot, cup, rake)));
    }

    private static List<ConsumerRecord<byte[], byte[]>> visitsTo(String sku) {
        try (TopicProbe probe = TopicProbe.committedFromBeginning(Topics.RECOMMENDATION_SESSIONS.name())) {
            return probe.records().stream()
                    .filter(visit -> TopicProbe.value(visit).orElse("").contains("\"sku\":\"" + sku + "\""))
                    .toList();
        }
    }

    private double counted(String meter, String... tags) {
        return meters.find(meter).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static void accepted(Answer answer, int clicks) {
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(clicks);
        assertThat(answer.json().path("rejected").asInt()).isZero();
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }
}
