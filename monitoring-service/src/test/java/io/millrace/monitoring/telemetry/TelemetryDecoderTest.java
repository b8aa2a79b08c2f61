package io.millrace.monitoring.telemetry;

import static io.millrace.monitoring.telemetry.Otlp.id;
import static io.millrace.monitoring.telemetry.Otlp.log;
import static io.millrace.monitoring.telemetry.Otlp.logs;
import static io.millrace.monitoring.telemetry.Otlp.nanos;
import static io.millrace.monitoring.telemetry.Otlp.text;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_ERROR;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_INFO;
import static io.opentelemetry.proto.logs.v1.SeverityNumber.SEVERITY_NUMBER_UNSPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.messaging.UndecodableException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryDecoderTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant EARLIER = Instant.parse("2026-06-01T11:59:58.123456789Z");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void refusesARequestThatHoldsTooManySignals() {
        LogRecord[] empty = Stream.generate(LogRecord::getDefaultInstance)
                .limit(TelemetryDecoder.MOST_SIGNALS + 1)
                .toArray(LogRecord[]::new);
        byte[] fits = Otlp.logs("s", "1", "l", Arrays.copyOf(empty, TelemetryDecoder.MOST_SIGNALS))
                .toByteArray();
        byte[] tooMany = Otlp.logs("s", "1", "l", empty).toByteArray();

        assertThat(TelemetryDecoder.logs(fits, NOON)).hasSize(TelemetryDecoder.MOST_SIGNALS);
        assertThatThrownBy(() -> TelemetryDecoder.logs(tooMany, NOON)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void readsALogRecordWithEverythingItCanSay() {
        UUID order = UUID.randomUUID();
        LogRecord written = log(
                        EARLIER,
                        SEVERITY_NUMBER_ERROR,
                        "payment failed",
                        text("orderId", order.toString()),
                        text("thread.name", "worker-1"),
                        text("exception.type", "java.io.IOException"),
                        text("exception.message", "reset"),
                        text("exception.stacktrace", "java.io.IOException: reset\n\tat X"),
                        text("attempt", "2"))
                .setTraceId(id(TRACE))
                .setSpanId(id(SPAN))
                .build();

        assertThat(decoded(logs("order-service", "i-1", "io.millrace.Pay", written)))
                .containsExactly(new Signal.Log(
                        new Source("order-service", "i-1"),
                        EARLIER,
                        17,
                        "io.millrace.Pay",
                        "payment failed",
                        "worker-1",
                        TRACE,
                        SPAN,
                        Optional.of(order),
                        "java.io.IOException: reset\n\tat X",
                        "{\"attempt\":\"2\"}"));
    }

    @Test
    void readsARecordThatSaysNothing() {
        ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(LogRecord.getDefaultInstance())))
                .build();

        assertThat(decoded(request))
                .containsExactly(new Signal.Log(
                        new Source("unknown", "unknown"),
                        NOON,
                        0,
                        "",
                        "",
                        null,
                        null,
                        null,
                        Optional.empty(),
                        null,
                        "{}"));
    }

    @Test
    void takesLoggerAndThreadFromAttributesOfTheirShortNames() {
        Signal.Log read = only(logs(
                "s",
                "1",
                "",
                log(EARLIER, SEVERITY_NUMBER_INFO, "x", text("logger", "io.millrace.Pay"), text("thread", "main"))
                        .build()));

        assertThat(read.logger()).isEqualTo("io.millrace.Pay");
        assertThat(read.thread()).isEqualTo("main");
        assertThat(read.attributes()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({"TRACE, 1", "debug, 5", "INFO, 9", "Warning, 13", "ERROR, 17", "FATAL, 21", "loud, 0"})
    void readsSeverityFromItsNameWhereThereIsNoNumber(String name, int severity) {
        LogRecord written = log(EARLIER, SEVERITY_NUMBER_UNSPECIFIED, "x")
                .setSeverityText(name)
                .build();

        assertThat(only(logs("s", "1", "l", written)).severity()).isEqualTo(severity);
    }

    @Test
    void keepsWhatIsCalledAnOrdersIdAndIsNone() {
        Signal.Log read = only(logs(
                "s",
                "1",
                "l",
                log(EARLIER, SEVERITY_NUMBER_INFO, "x", text("orderId", "1-1-1-1-1"))
                        .build()));

        assertThat(read.orderId()).isEmpty();
        assertThat(read.attributes()).isEqualTo("{\"orderId\":\"1-1-1-1-1\"}");
    }

    @Test
    void takesARecordsOwnTimeForTimesThatAreAbsentOrFarAhead() {
        long tooLate = nanos(NOON.plus(Duration.ofDays(400)));
        for (long claimed : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, tooLate}) {
            LogRecord written = log(EARLIER, SEVERITY_NUMBER_INFO, "x")
                    .setTimeUnixNano(claimed)
                    .build();

            assertThat(only(logs("s", "1", "l", written)).time()).isEqualTo(NOON);
        }
    }

    @Test
    void takesTheTimeOfObservationWhereThereIsNoOther() {
        LogRecord written = log(EARLIER, SEVERITY_NUMBER_INFO, "x")
                .setTimeUnixNano(0)
                .setObservedTimeUnixNano(nanos(EARLIER))
                .build();

        assertThat(only(logs("s", "1", "l", written)).time()).isEqualTo(EARLIER);
    }

    @Test
    void cutsHugeTextsWithAMark() {
        String huge = "y".repeat(1_000_000);
        LogRecord written = log(
                        EARLIER,
                        SEVERITY_NUMBER_INFO,
                        huge,
                        text("exception.stacktrace", huge),
                        text("big", huge),
                        text("thread.name", huge))
                .build();

        Signal.Log read = only(logs(huge, huge, huge, written));

        assertThat(read.message())
                .hasSizeLessThan(TelemetryDecoder.LONGEST_MESSAGE + 100)
                .endsWith("[cut: 1000000 characters in all]");
        assertThat(read.exception()).hasSizeLessThan(TelemetryDecoder.LONGEST_EXCEPTION + 100);
        assertThat(read.attributes()).hasSizeLessThan(Attributes.LONGEST).contains("[cut");
        assertThat(read.thread()).hasSizeLessThan(400);
        assertThat(read.logger()).hasSizeLessThan(400);
        assertThat(read.source().service()).hasSizeLessThan(400);
    }

    @Test
    void replacesAttributesThatAreTooManyByANote() {
        LogRecord.Builder written = log(EARLIER, SEVERITY_NUMBER_INFO, "x");
        for (int i = 0; i < 10_000; i++) {
            written.addAttributes(text("k" + i, "v"));
        }

        assertThat(only(logs("s", "1", "l", written.build())).attributes()).startsWith("{\"cut\":");
    }

    @Test
    void cutsNoCharacterInHalf() {
        String text = "a".repeat(9) + "\uD83D\uDE00" + "b".repeat(9);

        assertThat(Texts.cut(text, 10)).startsWith("a".repeat(9) + "...");
        assertThat(Texts.cut(text, 11)).startsWith("a".repeat(9) + "\uD83D\uDE00...");
        assertThat(Texts.cut(text, 20)).isEqualTo(text);
    }

    @Test
    void writesCompoundValuesAsJson() {
        AnyValue list = AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder()
                        .addValues(AnyValue.newBuilder().setIntValue(1))
                        .addValues(AnyValue.newBuilder().setDoubleValue(Double.NaN))
                        .addValues(AnyValue.newBuilder().setBoolValue(true))
                        .addValues(AnyValue.getDefaultInstance()))
                .build();
        LogRecord written = log(EARLIER, SEVERITY_NUMBER_INFO, "x")
                .setBody(list)
                .addAttributes(KeyValue.newBuilder().setKey("k\"\0").setValue(list))
                .build();

        Signal.Log read = only(logs("s", "1", "l", written));

        assertThat(read.message()).isEqualTo("[1,\"NaN\",true,null]");
        assertThat(read.attributes()).isEqualTo("{\"k\\\"\\u0000\":[1,\"NaN\",true,null]}");
    }

    @Test
    void refusesWhatNestsTooDeeply() {
        AnyValue value = AnyValue.newBuilder().setStringValue("x").build();
        for (int i = 0; i < 200; i++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }
        byte[] bytes = logs(
                        "s",
                        "1",
                        "l",
                        log(EARLIER, SEVERITY_NUMBER_INFO, "x").setBody(value).build())
                .toByteArray();

        assertThatThrownBy(() -> TelemetryDecoder.logs(bytes, NOON)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void readsOrRefusesWhateverBytesThereAre() {
        byte[] good = logs(
                        "order-service",
                        "i-1",
                        "io.millrace.Pay",
                        log(EARLIER, SEVERITY_NUMBER_INFO, "hello", text("a", "b"))
                                .build())
                .toByteArray();
        Random random = new Random(11);
        List<BiFunction<byte[], Instant, List<Signal>>> decoders =
                List.of(TelemetryDecoder::logs, TelemetryDecoder::metrics, TelemetryDecoder::spans);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                var _ = decoders.get(round % 3).apply(bytes, NOON);
            } catch (UndecodableException e) {
                refused++;
            }
        }

        assertThat(refused).isBetween(5_000, 20_000);
    }

    @Test
    void readsSamplesOfEveryKind() {
        ExportMetricsServiceRequest request = metrics(
                Metric.newBuilder().setName("g").setGauge(Gauge.newBuilder().addDataPoints(number(1.5))),
                Metric.newBuilder()
                        .setName("s")
                        .setSum(Sum.newBuilder()
                                .addDataPoints(NumberDataPoint.newBuilder()
                                        .setTimeUnixNano(nanos(EARLIER))
                                        .setAsInt(7)
                                        .addAttributes(text("k", "v")))),
                Metric.newBuilder()
                        .setName("h")
                        .setHistogram(Histogram.newBuilder()
                                .addDataPoints(HistogramDataPoint.newBuilder()
                                        .setTimeUnixNano(nanos(EARLIER))
                                        .setCount(3)
                                        .setSum(4.5))));

        Source source = new Source("unknown", "unknown");
        assertThat(TelemetryDecoder.metrics(request.toByteArray(), NOON))
                .containsExactly(
                        new Signal.Sample(source, EARLIER, "g", "gauge", 1.5, null, "{}"),
                        new Signal.Sample(source, EARLIER, "s", "sum", 7, null, "{\"k\":\"v\"}"),
                        new Signal.Sample(source, EARLIER, "h", "histogram", 4.5, 3L, "{}"));
    }

    @Test
    void leavesOutPointsWithoutAValue() {
        ExportMetricsServiceRequest request = metrics(
                Metric.newBuilder()
                        .setName("none")
                        .setGauge(Gauge.newBuilder().addDataPoints(NumberDataPoint.getDefaultInstance())),
                Metric.newBuilder().setName("nan").setGauge(Gauge.newBuilder().addDataPoints(number(Double.NaN))),
                Metric.newBuilder()
                        .setName("flagged")
                        .setGauge(Gauge.newBuilder()
                                .addDataPoints(number(1)
                                        .setFlags(DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE))),
                Metric.newBuilder().setName("empty"));

        assertThat(TelemetryDecoder.metrics(request.toByteArray(), NOON)).isEmpty();
    }

    @Test
    void readsSpansAndLeavesOutThoseWithoutIds() {
        Span good = Span.newBuilder()
                .setTraceId(id(TRACE))
                .setSpanId(id(SPAN))
                .setName("POST /api/orders")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(nanos(EARLIER))
                .setEndTimeUnixNano(nanos(EARLIER) + 5_000_000)
                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                .build();
        Span zeros = good.toBuilder().setTraceId(id("0".repeat(32))).build();
        Span shortId = good.toBuilder().setSpanId(id("ab")).build();
        Span backwards = good.toBuilder().setEndTimeUnixNano(0).build();

        assertThat(TelemetryDecoder.spans(
                        Otlp.spans("order-service", good, zeros, shortId, backwards)
                                .toByteArray(),
                        NOON))
                .containsExactly(span(5_000_000), span(0));
    }

    private static Signal.Span span(long nanos) {
        return new Signal.Span(
                new Source("order-service", "1"), TRACE, SPAN, null, "POST /api/orders", 2, EARLIER, nanos, true, "{}");
    }

    private static NumberDataPoint.Builder number(double value) {
        return NumberDataPoint.newBuilder().setTimeUnixNano(nanos(EARLIER)).setAsDouble(value);
    }

    private static ExportMetricsServiceRequest metrics(Metric.Builder... metrics) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        for (Metric.Builder metric : metrics) {
            scope.addMetrics(metric);
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder().addScopeMetrics(scope))
                .build();
    }

    private static List<Signal> decoded(ExportLogsServiceRequest request) {
        return TelemetryDecoder.logs(request.toByteArray(), NOON);
    }

    private static Signal.Log only(ExportLogsServiceRequest request) {
        List<Signal.Log> read = Signal.only(Signal.Log.class, decoded(request));
        assertThat(read).hasSize(1);
        return read.getFirst();
    }
}
