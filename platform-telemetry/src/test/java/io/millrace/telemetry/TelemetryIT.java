package io.millrace.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.KafkaSettings;
import io.millrace.events.OpaqueTopic;
import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.telemetry.app.WatchedApplication;
import io.millrace.telemetry.trace.TraceContext;
import io.millrace.telemetry.trace.Tracer;
import io.millrace.testing.kafka.TopicProbe;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole application and a broker of its own, which may be away. */
class TelemetryIT {

    private static final Logger log = LoggerFactory.getLogger("shop.Orders");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final KafkaSettings broker = KafkaSettings.throwAway().withFreePorts();
    private @Nullable KafkaServer server;
    private @Nullable ConfigurableApplicationContext application;

    @AfterEach
    void end() {
        if (application != null) {
            application.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private ConfigurableApplicationContext start(String... properties) {
        Map<String, String> arguments = new HashMap<>(Map.of(
                "spring.application.name", "order-service",
                "spring.application.version", "0.1.0",
                "spring.kafka.bootstrap-servers", "127.0.0.1:" + broker.port(),
                "millrace.telemetry.instance-id", "one",
                "millrace.telemetry.spans.one-in", "1",
                "millrace.telemetry.metrics.every", "1s",
                "millrace.telemetry.send-every", "50ms"));
        for (String property : properties) {
            int equals = property.indexOf('=');
            arguments.put(property.substring(0, equals), property.substring(equals + 1));
        }
        application = new SpringApplicationBuilder(WatchedApplication.class)
                .run(arguments.entrySet().stream()
                        .map(argument -> "--" + argument.getKey() + "=" + argument.getValue())
                        .toArray(String[]::new));
        return application;
    }

    private void startBroker() {
        server = KafkaServer.start(broker.withServerProperty("auto.create.topics.enable", "true"));
    }

    private TopicProbe probe(OpaqueTopic topic) {
        return TopicProbe.open(
                "127.0.0.1:" + broker.port(),
                topic.name(),
                TopicProbe.Start.BEGINNING,
                IsolationLevel.READ_UNCOMMITTED);
    }

    private static double count(ConfigurableApplicationContext from, String meter, String signal) {
        return count(from.getBean(MeterRegistry.class), meter, signal);
    }

    private static double count(MeterRegistry registry, String meter, String signal) {
        return registry.find(meter).tag("signal", signal).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void shipsWhatAnApplicationLogsMeasuresAndTraces() {
        startBroker();
        ConfigurableApplicationContext running = start();
        UUID order = UUID.randomUUID();
        Tracer tracer = running.getBean(Tracer.class);
        TraceContext trace = tracer.of(order);

        running.getBean(MeterRegistry.class).counter("millrace.orders.placed").increment(3);
        log.atInfo().addKeyValue("orderId", order).log("placed \u0000 \uD83D {}", "x".repeat(1_000_000));
        tracer.consume(trace, "order.events.v1").end();

        try (TopicProbe logs = probe(TelemetryTopics.LOGS);
                TopicProbe metrics = probe(TelemetryTopics.METRICS);
                TopicProbe spans = probe(TelemetryTopics.SPANS)) {
            ConsumerRecord<byte[], byte[]> line = logs.await(one -> lines(one)
                    .anyMatch(found -> found.getBody().getStringValue().startsWith("placed \uFFFD \uFFFD xxx")
                            && found.getTraceId().equals(trace.traceBytes())));
            ConsumerRecord<byte[], byte[]> values = metrics.await(one -> metrics(one)
                    .anyMatch(found -> found.getName().equals("millrace.orders.placed")
                            && found.getSum().getDataPoints(0).getAsDouble() == 3));
            ConsumerRecord<byte[], byte[]> span = spans.await(one -> spans(one)
                    .anyMatch(found -> found.getTraceId().equals(trace.traceBytes())
                            && found.getName().equals("consume order.events.v1")));

            assertThat(Stream.of(line, values, span).map(TopicProbe::key)).containsOnly(Optional.of("one"));
            assertThat(resource(line)).contains("order-service", "one", "0.1.0");
        }
        await().atMost(SOON).until(() -> count(running, "millrace.telemetry.sent", "logs") >= 1);
    }

    @Test
    void shipsTheLastLinesWhenItStops() {
        startBroker();
        ConfigurableApplicationContext running = start("millrace.telemetry.send-every=10s");
        log.info("nearly the last words");
        running.close();

        try (TopicProbe logs = probe(TelemetryTopics.LOGS)) {
            logs.await(one -> lines(one)
                    .anyMatch(found -> found.getBody().getStringValue().equals("nearly the last words")));
        }
    }

    @Test
    void makesNobodyWaitForBrokersThatAreAwayAndGoesOnWhenTheyAreBack() {
        ConfigurableApplicationContext running = start("millrace.telemetry.logs.queue=1000");

        long begun = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            log.atInfo().addKeyValue("number", i).log("nobody listens");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        // A call that waited for a broker would take half a second: 20,000 of them hours.
        assertThat(took).isLessThan(SOON);
        assertThat(count(running, "millrace.telemetry.dropped", "logs")).isGreaterThan(15_000);
        assertThat(count(running, "millrace.telemetry.sent", "logs")).isZero();

        startBroker();
        log.info("they are back");

        // What found no place while they were away is lost, the rest and all that follows is not.
        await().atMost(SOON).until(() -> {
            log.info("they are back");
            return count(running, "millrace.telemetry.sent", "logs") > 1_000;
        });
        try (TopicProbe logs = probe(TelemetryTopics.LOGS)) {
            logs.await(one -> lines(one)
                    .anyMatch(found -> found.getBody().getStringValue().equals("they are back")));
        }
    }

    @Test
    void startsAndStopsInTimeWhereThereIsNoSuchBroker() {
        ConfigurableApplicationContext running = start("spring.kafka.bootstrap-servers=no-such-host.invalid:9092");
        MeterRegistry registry = running.getBean(MeterRegistry.class);
        log.info("nobody listens");

        long begun = System.nanoTime();
        running.close();

        // 2 s for what is left, half a second for a send that had begun, and time for the machine.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(count(registry, "millrace.telemetry.dropped", "logs")).isPositive();
    }

    private static Stream<LogRecord> lines(ConsumerRecord<byte[], byte[]> one) {
        return logs(one).getResourceLogsList().stream()
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream());
    }

    private static List<String> resource(ConsumerRecord<byte[], byte[]> one) {
        return logs(one).getResourceLogs(0).getResource().getAttributesList().stream()
                .map(attribute -> attribute.getValue().getStringValue())
                .toList();
    }

    private static ExportLogsServiceRequest logs(ConsumerRecord<byte[], byte[]> one) {
        try {
            return ExportLogsServiceRequest.parseFrom(one.value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not decodable", e);
        }
    }

    private static Stream<Metric> metrics(ConsumerRecord<byte[], byte[]> one) {
        try {
            return ExportMetricsServiceRequest.parseFrom(one.value()).getResourceMetricsList().stream()
                    .flatMap(resource -> resource.getScopeMetricsList().stream())
                    .flatMap(scope -> scope.getMetricsList().stream());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not decodable", e);
        }
    }

    private static Stream<Span> spans(ConsumerRecord<byte[], byte[]> one) {
        try {
            return ExportTraceServiceRequest.parseFrom(one.value()).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not decodable", e);
        }
    }
}
