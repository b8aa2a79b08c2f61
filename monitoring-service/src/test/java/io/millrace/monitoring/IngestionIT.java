package io.millrace.monitoring;

import static io.millrace.monitoring.telemetry.Otlp.logs;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.monitoring.OpsApi.Answer;
import io.millrace.testing.infra.TestKafka;
import io.millrace.testing.kafka.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/** Whatever comes over Kafka is stored once, or set aside. */
class IngestionIT extends MonitoringIT {

    @Autowired
    @Qualifier("ingestion") private SmartLifecycle ingestion;

    @Autowired
    private MeterRegistry meters;

    @LocalManagementPort
    private int managementPort;

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
    void readsAPartitionFromItsBeginningWhoseBrokersLostWhatWasStoredOfIt() {
        SHOP.place(order, now);
        await().atMost(SOON).until(() -> api.get("/api/ops/journeys/" + order).status() == 200);

        ingestion.stop();
        jdbc().update("""
                        update ingest_position set next_offset = next_offset + 1000000
                         where (topic, partition) = (select topic, partition from event where order_id = ?)
                        """, order);
        ingestion.start();
        SHOP.confirm(order, now.plusMillis(1), UUID.randomUUID());

        Answer journey = await().atMost(SOON)
                .until(
                        () -> api.get("/api/ops/journeys/" + order),
                        answer -> answer.at("/events").size() == 2);
        assertThat(texts(journey.at("/events"), "type")).containsExactly("order.placed", "order.confirmed");
    }

    @Test
    void countsWhatVisitorsDoAndKeepsNoneOfIt() {
        long before = count("event");
        double counted = visits();
        for (int i = 0; i < 20; i++) {
            SHOP.view(UUID.randomUUID(), now);
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(visits()).isEqualTo(counted + 20));
        assertThat(count("event where topic = '" + Topics.CLICKSTREAM_EVENTS.name() + "'"))
                .isZero();
        assertThat(count("event")).isEqualTo(before);
    }

    private double visits() {
        Counter counter = meters.find("millrace.monitoring.visits.counted")
                .tag("type", "clickstream.item-viewed")
                .counter();
        return counter == null ? 0 : counter.count();
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
