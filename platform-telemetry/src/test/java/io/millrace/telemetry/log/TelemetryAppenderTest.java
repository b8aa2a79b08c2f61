package io.millrace.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.telemetry.ship.BoundedQueue;
import io.millrace.telemetry.ship.QueuedSource;
import io.millrace.telemetry.ship.ServiceIdentity;
import io.millrace.telemetry.ship.Shipment;
import io.millrace.telemetry.ship.ShippingMeters;
import io.millrace.telemetry.ship.Signal;
import io.millrace.telemetry.trace.Tracer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a log line becomes, read back from the bytes that would be sent. */
class TelemetryAppenderTest {

    private static final UUID ORDER = UUID.fromString("0198f3a0-1111-7222-8333-444455556666");
    private static final ServiceIdentity SERVICE = new ServiceIdentity("order-service", "one", Optional.of("0.1.0"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BoundedQueue<LogRecord> queue =
            new BoundedQueue<>(Signal.LOGS, 10, 4_000_000, 512, 4_000_000, new ShippingMeters(registry));
    private final QueuedSource<LogRecord> source = new QueuedSource<>(Signal.LOGS, queue, new LogRequests(SERVICE)::of);
    private final LoggerContext context = new LoggerContext();
    private final Logger log = logger("shop.Orders");

    private Logger logger(String name) {
        if (context.getMDCAdapter() == null) {
            context.setMDCAdapter(new LogbackMDCAdapter());
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.TRACE);
        if (root.getAppender("telemetry") == null) {
            TelemetryAppender appender = new TelemetryAppender(queue, new Tracer(1, _ -> {}, InstantSource.system()));
            appender.setContext(context);
            appender.start();
            root.addAppender(appender);
        }
        return context.getLogger(name);
    }

    private ExportLogsServiceRequest request() {
        Shipment shipment = source.next(false).orElseThrow();
        try {
            return ExportLogsServiceRequest.parseFrom(shipment.request());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not decodable", e);
        }
    }

    private List<LogRecord> records() {
        return request().getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
    }

    private LogRecord single() {
        List<LogRecord> records = records();
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static Map<String, AnyValue> attributes(List<KeyValue> list) {
        return list.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static String text(LogRecord logRecord, String attribute) {
        AnyValue value = attributes(logRecord.getAttributesList()).get(attribute);
        assertThat(value).as(attribute).isNotNull();
        return value == null ? "" : value.getStringValue();
    }

    private double dropped(String reason) {
        return registry.get("millrace.telemetry.dropped")
                .tags("signal", "logs", "reason", reason)
                .counter()
                .count();
    }

    @Test
    void saysWhoSpeaks() {
        log.info("hello");

        Map<String, AnyValue> resource =
                attributes(request().getResourceLogs(0).getResource().getAttributesList());
        assertThat(resource).hasSize(4);
        assertThat(resource.get("service.name"))
                .extracting(AnyValue::getStringValue)
                .isEqualTo("order-service");
        assertThat(resource.get("service.instance.id"))
                .extracting(AnyValue::getStringValue)
                .isEqualTo("one");
        assertThat(resource.get("service.version"))
                .extracting(AnyValue::getStringValue)
                .isEqualTo("0.1.0");
    }

    @Test
    void carriesTheMessageItsKeyValuesAndTheTraceOfItsOrder() {
        log.atWarn().addKeyValue("orderId", ORDER).addKeyValue("tries", 3).log("{} was held", "it");

        LogRecord sent = single();
        assertThat(sent.getBody().getStringValue()).isEqualTo("it was held");
        assertThat(sent.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
        assertThat(sent.getSeverityText()).isEqualTo("WARN");
        assertThat(sent.getTimeUnixNano()).isPositive();
        assertThat(text(sent, "logger")).isEqualTo("shop.Orders");
        assertThat(text(sent, "thread")).isEqualTo(Thread.currentThread().getName());
        assertThat(text(sent, "orderId")).isEqualTo(ORDER.toString());
        assertThat(attributes(sent.getAttributesList()).get("tries"))
                .extracting(AnyValue::getIntValue)
                .isEqualTo(3L);
        assertThat(HexFormat.of().formatHex(sent.getTraceId().toByteArray()))
                .isEqualTo(ORDER.toString().replace("-", ""));
    }

    @Test
    void carriesTheTraceAndTheRestOfTheLoggingContext() {
        var mdc = context.getMDCAdapter();
        mdc.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        mdc.put("span_id", "00f067aa0ba902b7");
        mdc.put("tenant", "north");
        log.info("hello");
        mdc.clear();

        LogRecord sent = single();
        assertThat(HexFormat.of().formatHex(sent.getTraceId().toByteArray()))
                .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(HexFormat.of().formatHex(sent.getSpanId().toByteArray())).isEqualTo("00f067aa0ba902b7");
        assertThat(text(sent, "tenant")).isEqualTo("north");
        assertThat(attributes(sent.getAttributesList())).doesNotContainKeys("trace_id", "span_id");
    }

    @Test
    void ignoresATraceThatIsNone() {
        context.getMDCAdapter().put("trace_id", "no trace");
        log.info("hello");
        context.getMDCAdapter().clear();

        assertThat(single().getTraceId().isEmpty()).isTrue();
    }

    @Test
    void carriesAnExceptionWithItsCauses() {
        log.error("failed", new IllegalStateException("outer", new IllegalArgumentException("inner")));

        LogRecord sent = single();
        assertThat(text(sent, "exception.type")).isEqualTo("java.lang.IllegalStateException");
        assertThat(text(sent, "exception.message")).isEqualTo("outer");
        assertThat(text(sent, "exception.stacktrace"))
                .startsWith("java.lang.IllegalStateException: outer\n\tat io.millrace.telemetry.log.")
                .contains("\nCaused by: java.lang.IllegalArgumentException: inner");
    }

    @Test
    void boundsWhatIsHuge() {
        RuntimeException deep = new IllegalStateException("x".repeat(1_000_000));
        for (int i = 0; i < 200; i++) {
            deep = new IllegalStateException("level " + i, deep);
        }
        var line = log.atError().setCause(deep);
        for (int i = 0; i < 1_000; i++) {
            line = line.addKeyValue("key" + i + "k".repeat(1_000), "v".repeat(100_000));
        }
        line.log("m".repeat(5_000_000));

        LogRecord sent = single();
        assertThat(sent.getBody().getStringValue()).hasSize(16 * 1024).endsWith("m…");
        assertThat(sent.getAttributesCount()).isLessThanOrEqualTo(35);
        assertThat(text(sent, "exception.stacktrace").length()).isLessThanOrEqualTo(16 * 1024);
        assertThat(sent.getSerializedSize()).isLessThan(200 * 1024);
    }

    @Test
    void carriesWhatNoDatabaseWouldTake() {
        log.atInfo().addKeyValue("a\u0000b", "\uD83D").log("nul \u0000, half \uDE00, whole 😀");

        LogRecord sent = single();
        assertThat(sent.getBody().getStringValue()).isEqualTo("nul \uFFFD, half \uFFFD, whole 😀");
        assertThat(text(sent, "a\uFFFDb")).isEqualTo("\uFFFD");
    }

    @Test
    void losesTheLineAndNotItsWriterWhereAValueFails() {
        Object failing = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no words");
            }
        };

        log.atInfo().addKeyValue("key", failing).log("hello");
        log.info("goes on");

        assertThat(single().getBody().getStringValue()).isEqualTo("goes on");
        assertThat(dropped("not-encoded")).isEqualTo(1);
    }

    @Test
    void dropsAndCountsWhatFindsNoPlace() {
        for (int i = 0; i < 25; i++) {
            log.info("line {}", i);
        }

        assertThat(records()).hasSize(10);
        assertThat(dropped("queue-full")).isEqualTo(15);
    }

    @Test
    void leavesOutWhatSendingItselfLogs() throws InterruptedException {
        logger("io.millrace.telemetry.ship.Shipper").warn("own");
        Thread sender = Thread.ofPlatform()
                .name("kafka-producer-network-thread | telemetry-one")
                .start(() -> logger("org.apache.kafka.clients.NetworkClient").warn("of its producer"));
        sender.join();
        Thread other = Thread.ofPlatform()
                .name("kafka-producer-network-thread | producer-1")
                .start(() -> logger("org.apache.kafka.clients.NetworkClient").warn("of another producer"));
        other.join();

        assertThat(single().getBody().getStringValue()).isEqualTo("of another producer");
    }
}
