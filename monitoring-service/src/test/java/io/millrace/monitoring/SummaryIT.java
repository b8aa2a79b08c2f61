package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.monitoring.OpsApi.Answer;
import io.millrace.monitoring.telemetry.Otlp;
import io.millrace.monitoring.telemetry.WatchedMetrics;
import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.TestKafka;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** How the platform is doing, once. */
class SummaryIT extends MonitoringIT {

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
}
