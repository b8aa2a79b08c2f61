package io.millrace.monitoring;

import static io.millrace.monitoring.telemetry.Otlp.logs;
import static io.millrace.monitoring.telemetry.Otlp.text;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_DEBUG;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_ERROR;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.monitoring.OpsApi.Answer;
import io.millrace.monitoring.OpsApi.Live;
import io.millrace.monitoring.telemetry.Otlp;
import io.millrace.monitoring.telemetry.WatchedMetrics;
import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.RealInfrastructure;
import io.millrace.testing.infra.TestKafka;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.web.route.RouteRules;
import io.millrace.web.testing.AccessMatrix;
import io.millrace.web.testing.TestIssuer;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The service from outside: over Kafka and HTTP, with a real broker and database. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "millrace.monitoring.overview.down-after=3s",
            "millrace.monitoring.overview.live-clients=3",
            "millrace.monitoring.overview.live-for=4s",
            "millrace.monitoring.lag.every=1s"
        })
@Import(RealInfrastructure.class)
@DirtiesContext // of the one consumer group there must be one reader
class MonitoringServiceIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final Shop SHOP = new Shop(RawProducer.shared());
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final UUID order = UUID.randomUUID();

    /** Unlike the service of any other test. */
    private final String service = UniqueNames.group("some-service");

    @Autowired
    private RouteRules routes;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    @Qualifier("ingestion") private SmartLifecycle ingestion;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    private OpsApi api = new OpsApi(1, "");

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
        registry.add("millrace.security.jwks-uri", ISSUER::jwksUri);
    }

    @BeforeEach
    void connect() {
        api = new OpsApi(port, ISSUER.bearer("operator", "ops:read"));
        await().atMost(SOON).until(() -> api.get("/api/ops/summary").status() == 200);
    }

    @AfterAll
    static void close() {
        SHOP.close();
        ISSUER.close();
    }

    @Test
    void showsEverythingThatHappenedToAnOrderInItsOrder() {
        UUID placed = SHOP.place(order, now);
        UUID reserved = SHOP.reserve(order, now.minusMillis(20), placed); // another machine's clock
        UUID confirmed = SHOP.confirm(order, now.plusMillis(150), reserved);
        UUID wrapped = SHOP.tellOfSomethingNew(order, now.plusMillis(200), confirmed);
        log("took the order", SEVERITY_NUMBER_INFO, text("orderId", order.toString()), text("attempt", "1"));

        Answer journey = await().atMost(SOON)
                .until(
                        () -> api.get("/api/ops/journeys/" + order),
                        answer -> answer.at("/events").size() == 4
                                && answer.at("/logs").size() == 1);

        assertThat(texts(journey.at("/events"), "id"))
                .containsExactly(placed.toString(), reserved.toString(), confirmed.toString(), wrapped.toString());
        assertThat(texts(journey.at("/events"), "type"))
                .containsExactly("order.placed", "stock.reserved", "order.confirmed", "order.gift-wrapped");
        assertThat(texts(journey.at("/events"), "topic"))
                .containsExactly("order.events.v1", "inventory.reservations.v1", "order.events.v1", "order.events.v1");
        assertThat(journey.at("/orderId").asString()).isEqualTo(order.toString());
        assertThat(journey.at("/startedAt").asString())
                .isEqualTo(now.minusMillis(20).toString());
        assertThat(journey.at("/endedAt").asString())
                .isEqualTo(now.plusMillis(150).toString());
        assertThat(journey.at("/events/0/causationId").isNull()).isTrue();
        assertThat(journey.at("/events/1/causationId").asString()).isEqualTo(placed.toString());
        assertThat(journey.at("/events/2/sincePreviousMillis").asLong()).isEqualTo(170);
        assertThat(journey.at("/events/2/sequence").asLong()).isEqualTo(2);
        assertThat(journey.at("/events/2/traceId").asString()).isEqualTo(TRACE);
        assertThat(journey.at("/events/2/data/total/minorUnits").asLong()).isEqualTo(100);
        assertThat(journey.at("/events/3/data/paper/colour").asString()).isEqualTo("red");
        assertThat(journey.at("/logs/0/message").asString()).isEqualTo("took the order");
        assertThat(journey.at("/logs/0/attributes/attempt").asString()).isEqualTo("1");
    }

    @Test
    void countsNothingTwiceWhenOffsetsAreSetBack() throws ExecutionException, InterruptedException {
        UUID placed = SHOP.place(order, now);
        SHOP.confirm(order, now.plusMillis(5), placed);
        await().atMost(SOON)
                .until(() -> api.get("/api/ops/journeys/" + order).at("/events").size() == 2);
        long events = count("event");
        long logs = count("log_record");
        long confirmed = confirmed();

        ingestion.stop();
        setBack("monitoring-service.ingest");
        ingestion.start();
        UUID later = UUID.randomUUID();
        // one for every partition there is, so that each is known to have gone on
        List<UUID> more =
                IntStream.range(0, 30).mapToObj(_ -> UUID.randomUUID()).toList();
        more.forEach(each -> SHOP.place(each, now));
        SHOP.confirm(later, now, SHOP.place(later, now));

        await().atMost(SOON).untilAsserted(() -> assertThat(count("event")).isEqualTo(events + 32));
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(count("event")).isEqualTo(events + 32));
        assertThat(count("log_record")).isEqualTo(logs);
        assertThat(confirmed()).isEqualTo(confirmed + 1);
    }

    @Test
    void setsAsideWhatItCannotReadAndGoesOn() {
        byte[] broken = {8, 1, (byte) 0xFF, (byte) 0xFF, 0};
        String brokenJson = "{\"order\": " + order;
        SHOP.send(TelemetryTopics.LOGS, broken);
        SHOP.sendBroken(Topics.ORDER_EVENTS, brokenJson);
        log("after the broken one", SEVERITY_NUMBER_INFO);
        SHOP.place(order, now);

        await().atMost(SOON)
                .until(() -> api.get("/api/ops/logs", "service", service)
                                .at("/items")
                                .size()
                        == 1);
        await().atMost(SOON).until(() -> api.get("/api/ops/journeys/" + order).status() == 200);
        try (TopicProbe logs = TopicProbe.fromBeginning("monitoring-service.ingest.otlp_logs.dlt");
                TopicProbe events = TopicProbe.fromBeginning("monitoring-service.ingest.order.events.v1.dlt")) {
            var letter = logs.await(each -> Arrays.equals(each.value(), broken));
            assertThat(TopicProbe.header(letter, "dlt_topic")).contains("otlp_logs");
            assertThat(TopicProbe.header(letter, "dlt_group")).contains("monitoring-service.ingest");
            assertThat(TopicProbe.header(letter, "dlt_cause")).isPresent();
            var event = events.await(each -> TopicProbe.value(each).orElse("").equals(brokenJson));
            assertThat(TopicProbe.key(event)).contains("key");
            assertThat(TopicProbe.header(event, "ce_type")).contains("x");
        }
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode deadLetters = api.get("/api/ops/summary").at("/deadLetters");
            assertThat(texts(deadLetters, "topic"))
                    .contains(
                            "monitoring-service.ingest.otlp_logs.dlt", "monitoring-service.ingest.order.events.v1.dlt");
            assertThat(Instant.parse(deadLetters.at("/0/newestAt").asString())).isAfter(now.minusSeconds(5));
            assertThat(deadLetters.at("/0/records").asLong()).isPositive();
        });
    }

    @Test
    void findsLogsByWhatIsKnownOfThem() {
        log("Payment of 50% _failed_", SEVERITY_NUMBER_ERROR, text("orderId", order.toString()));
        log("payment of 505 failed", SEVERITY_NUMBER_INFO);
        log("nothing", SEVERITY_NUMBER_DEBUG, text("exception.stacktrace", "X: the payment broke\n at Y"));
        SHOP.send(
                TelemetryTopics.LOGS,
                logs(
                        service,
                        "1",
                        "logger",
                        Otlp.log(now, SEVERITY_NUMBER_INFO, "traced")
                                .setTraceId(Otlp.id("1".repeat(32)))
                                .build()));
        await().atMost(SOON).until(() -> found("service", service).size() == 4);

        assertThat(found("service", service, "text", "PAYMENT"))
                .containsExactlyInAnyOrder("Payment of 50% _failed_", "payment of 505 failed", "nothing");
        assertThat(found("service", service, "text", "50% _f")).containsExactly("Payment of 50% _failed_");
        assertThat(found("service", service, "text", "\\")).isEmpty();
        assertThat(found("service", service, "level", "ERROR")).containsExactly("Payment of 50% _failed_");
        assertThat(found("service", service, "level", "INFO")).hasSize(3);
        assertThat(found("service", service, "level", "DEBUG")).hasSize(4);
        assertThat(found("orderId", order)).containsExactly("Payment of 50% _failed_");
        assertThat(found("traceId", "1".repeat(32), "service", service)).containsExactly("traced");
        assertThat(found("service", service, "from", now.plusSeconds(60))).isEmpty();
        assertThat(found("service", service, "to", now.minusSeconds(60))).isEmpty();
        assertThat(found("service", service, "from", now.minusSeconds(60), "to", now.plusSeconds(60)))
                .hasSize(4);
        assertThat(found("service", "nobody")).isEmpty();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(texts(api.get("/api/ops/summary").at("/errors"), "message"))
                                .contains("Payment of 50% _failed_"));
    }

    @Test
    void givesLogsPageByPageNewestFirst() {
        LogRecord[] records = IntStream.range(0, 25)
                .mapToObj(i -> Otlp.log(now.plusMillis(i / 3), SEVERITY_NUMBER_INFO, "line " + i) // some at one time
                        .build())
                .toArray(LogRecord[]::new);
        SHOP.send(TelemetryTopics.LOGS, logs(service, "1", "logger", records));
        await().atMost(SOON).until(() -> found("service", service).size() == 25);

        List<Instant> times = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            Answer page = cursor.isEmpty()
                    ? api.get("/api/ops/logs", "service", service, "limit", 10)
                    : api.get("/api/ops/logs", "service", service, "limit", 10, "cursor", cursor);
            assertThat(page.at("/items").size()).isLessThanOrEqualTo(10);
            texts(page.at("/items"), "time").forEach(time -> times.add(Instant.parse(time)));
            messages.addAll(texts(page.at("/items"), "message"));
            cursor = page.at("/nextCursor").asString("");
            pages++;
        } while (!cursor.isEmpty() && pages < 10);

        assertThat(pages).isEqualTo(3);
        assertThat(messages).hasSize(25).doesNotHaveDuplicates();
        assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void showsLagOfAGroupThatWasStopped() {
        String group = UniqueNames.group("stopped");
        UUID first = SHOP.place(order, now);
        readToTheEnd(group);
        await().atMost(SOON).untilAsserted(() -> assertThat(lag(group)).isEqualTo("0 stopped"));

        for (int i = 0; i < 7; i++) {
            SHOP.confirm(UUID.randomUUID(), now, first);
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(lag(group)).isEqualTo("7 stopped"));
    }

    @Test
    void showsItselfConsuming() {
        SHOP.place(order, now);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(lag("monitoring-service.ingest")).isEqualTo("0 consuming"));
    }

    @Test
    void countsOrdersByMinute() {
        long before = confirmed();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        UUID placed = SHOP.place(order, minute);
        SHOP.confirm(order, minute.plusMillis(500), placed);

        await().atMost(SOON).untilAsserted(() -> assertThat(confirmed()).isEqualTo(before + 1));
        JsonNode orders = await().atMost(SOON)
                .until(
                        () -> api.get("/api/ops/summary").at("/orders"),
                        found -> found.at("/confirmedSeconds/p99").asDouble(0) >= 0.4);
        assertThat(orders.at("/minutes").size()).isEqualTo(60);
        assertThat(texts(orders.at("/minutes"), "minute")).isSorted();
        assertThat(orders.at("/confirmedSeconds/p50").asDouble()).isPositive();
        assertThat(orders.has("rejections")).isTrue();
    }

    @Test
    void tellsWhoIsUpAndHowFullOutboxesAre() {
        SHOP.send(
                TelemetryTopics.METRICS,
                Otlp.gauges(service, "i-7", now, 12, WatchedMetrics.OUTBOX_WAITING, WatchedMetrics.OUTBOX_OLDEST));
        SHOP.send(
                TelemetryTopics.METRICS,
                Otlp.gauges(service, "i-8", now, 3, "millrace.telemetry.logs.dropped", "other.dropped"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                state("/services", "name", service).path("up").asBoolean())
                        .isTrue());
        JsonNode outbox = state("/outbox", "service", service);
        assertThat(outbox.path("waiting").asLong()).isEqualTo(12);
        assertThat(outbox.path("oldestSeconds").asDouble()).isEqualTo(12);
        assertThat(api.get("/api/ops/summary").at("/telemetry/dropped").asLong())
                .isGreaterThanOrEqualTo(3);
        assertThat(api.get("/api/ops/summary").at("/telemetry/metricsPerSecond").asDouble())
                .isPositive();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                state("/services", "name", service).path("up").asBoolean(true))
                        .isFalse());
        assertThat(state("/services", "name", service).path("lastSeen").asString())
                .isNotEmpty();
    }

    @Test
    void givesMetricsByName() {
        String name = UniqueNames.topic("some.metric");
        SHOP.send(TelemetryTopics.METRICS, Otlp.gauges(service, "1", now, 1.5, name));
        SHOP.send(TelemetryTopics.METRICS, Otlp.gauges(service, "1", now.plusMillis(10), 2.5, name));

        Answer series = await().atMost(SOON)
                .until(
                        () -> api.get("/api/ops/metrics/" + name, "to", now.plusSeconds(60)),
                        answer -> answer.at("/series/0/points").size() == 2);

        assertThat(series.at("/series/0/points/1/value").asDouble()).isEqualTo(2.5);
        assertThat(series.at("/series/0/service").asString()).isEqualTo(service);
        assertThat(StreamSupport.stream(api.get("/api/ops/metrics").at("/items").spliterator(), false)
                        .map(JsonNode::asString))
                .contains(name)
                .isSorted();
        assertThat(api.get("/api/ops/metrics/" + name, "service", "nobody")
                        .at("/series")
                        .size())
                .isZero();
    }

    @Test
    void storesSpans() {
        SHOP.send(
                TelemetryTopics.SPANS,
                Otlp.spans(
                        service,
                        Span.newBuilder()
                                .setTraceId(Otlp.id(TRACE))
                                .setSpanId(Otlp.id("b7ad6b7169203331"))
                                .setName("x")
                                .setStartTimeUnixNano(Otlp.nanos(now))
                                .build()));

        await().atMost(SOON)
                .until(() -> jdbc.queryForList("select name from span where service = ?", String.class, service)
                        .equals(List.of("x")));
    }

    @Test
    void showsTheSummaryLive() {
        try (Live live = api.live()) {
            assertThat(live.status()).isEqualTo(200);
            assertThat(live.header("content-type")).startsWith("text/event-stream");
            assertThat(live.header("x-accel-buffering")).isEqualTo("no");
            Instant first = Instant.parse(live.next().path("at").asString());
            log("seen l\u00EFve", SEVERITY_NUMBER_ERROR);
            JsonNode next = live.next();
            Instant second = Instant.parse(next.path("at").asString());

            assertThat(Duration.between(first, second)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(3));
            assertThat(next.propertyNames())
                    .containsExactly(
                            "at",
                            "uptimeSeconds",
                            "services",
                            "orders",
                            "lag",
                            "lagAt",
                            "outbox",
                            "deadLetters",
                            "errors",
                            "telemetry");
            await().atMost(SOON)
                    .until(() -> texts(live.next().path("errors"), "message").contains("seen l\u00EFve"));
        }
    }

    @Test
    void letsOnlySoManyWatchAndEndsEachInTime() {
        await().atMost(SOON).until(this::canWatch); // those of other tests have gone
        List<Live> watching = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            watching.add(await().atMost(SOON).until(api::live, live -> live.status() == 200));
        }
        Answer refused = api.get("/api/ops/live");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.at("/code").asString()).isEqualTo("too-many-watchers");
        watching.forEach(live -> assertThat(live.next().has("at")).isTrue());
        watching.forEach(live -> assertThat(live.ends()).isTrue());
        await().atMost(SOON).until(this::canWatch);
    }

    private boolean canWatch() {
        try (Live live = api.live()) {
            return live.status() == 200;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/ops/journeys/one, orderId",
        "/api/ops/logs?level=LOUD, level",
        "/api/ops/logs?orderId=1, orderId",
        "/api/ops/logs?traceId=xyz, traceId",
        "/api/ops/logs?from=yesterday, from",
        "/api/ops/logs?to=%2B999999999-01-01T00:00:00Z, to",
        "/api/ops/logs?limit=0, limit",
        "/api/ops/logs?limit=201, limit",
        "/api/ops/logs?cursor=b2Rk, cursor",
        "/api/ops/logs?text=a%00b, text",
        "/api/ops/metrics/x?from=soon, from",
        "/api/ops/metrics/x?from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z, from"
    })
    void refusesParametersItCannotReadAndNamesThem(String path, String field) {
        Answer answer = api.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/code").asString()).isEqualTo("invalid-request");
        assertThat(answer.at("/errors/0/field").asString()).isEqualTo(field);
    }

    @Test
    void refusesTextThatIsTooLong() {
        assertThat(api.get("/api/ops/logs", "text", "x".repeat(201))
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("text");
    }

    @Test
    void knowsNothingOfAnOrderThatNobodyHeardOf() {
        Answer answer = api.get("/api/ops/journeys/" + order);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.at("/code").asString()).isEqualTo("journey-not-found");
    }

    @Test
    void letsInOnlyWhomItsRoutesName() throws Exception {
        await().atMost(SOON).until(this::canWatch);
        assertThat(new AccessMatrix(URI.create("http://127.0.0.1:" + port), ISSUER).violations(routes))
                .isEmpty();
    }

    @Test
    void saysThatItConsumes() {
        OpsApi management = new OpsApi(managementPort, "");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(management.get("/actuator/health/consuming"))
                        .satisfies(health -> assertThat(health.status()).isEqualTo(200))
                        .satisfies(health -> assertThat(
                                        health.json().path("components").propertyNames())
                                .containsExactly("ingest")));
    }

    private void log(String message, SeverityNumber severity, KeyValue... attributes) {
        SHOP.send(
                TelemetryTopics.LOGS,
                logs(
                        service,
                        "1",
                        "logger",
                        Otlp.log(now, severity, message, attributes).build()));
    }

    private List<String> found(Object... parameters) {
        Answer answer = api.get("/api/ops/logs", parameters);
        assertThat(answer.status()).isEqualTo(200);
        return texts(answer.at("/items"), "message");
    }

    private JsonNode state(String list, String key, String value) {
        for (JsonNode each : api.get("/api/ops/summary").at(list)) {
            if (each.path(key).asString().equals(value)) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    /** Of a group on the topic of orders. */
    private String lag(String group) {
        for (JsonNode each : api.get("/api/ops/summary").at("/lag")) {
            if (each.path("group").asString().equals(group)
                    && each.path("topic").asString().equals(Topics.ORDER_EVENTS.name())) {
                return each.path("records").asLong() + " " + each.path("state").asString();
            }
        }
        return "none";
    }

    /** From the table: the summary may be a second old. */
    private long confirmed() {
        return count("order_minute, generate_series(1, orders) where measure = 'outcome' and label = 'confirmed'");
    }

    private long count(String table) {
        Long count = jdbc.queryForObject("select count(*) from " + table, Long.class);
        return count == null ? 0 : count;
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.path(field).asString(""))
                .toList();
    }

    private static void readToTheEnd(String group) {
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", TestKafka.bootstrapServers(), "group.id", group);
        try (var consumer =
                new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
                    .mapToObj(i -> new TopicPartition(Topics.ORDER_EVENTS.name(), i))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            consumer.endOffsets(partitions).forEach((each, end) -> ends.put(each, new OffsetAndMetadata(end)));
            consumer.commitSync(ends);
        }
    }

    private static void setBack(String group) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .keySet()
                    .forEach(each -> begin.put(each, new OffsetAndMetadata(0)));
            assertThat(begin).isNotEmpty();
            admin.alterConsumerGroupOffsets(group, begin).all().get();
        }
    }
}
