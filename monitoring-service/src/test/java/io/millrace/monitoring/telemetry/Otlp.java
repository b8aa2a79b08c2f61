package io.millrace.monitoring.telemetry;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** OTLP requests as services send them. */
public final class Otlp {

    private Otlp() {}

    /** A request with log records of one logger of one process. */
    public static ExportLogsServiceRequest logs(String service, String instance, String logger, LogRecord... records) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource(service, instance))
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .setScope(InstrumentationScope.newBuilder().setName(logger))
                                .addAllLogRecords(Arrays.asList(records))))
                .build();
    }

    /** A log record, to be changed. */
    public static LogRecord.Builder log(Instant time, SeverityNumber severity, String message, KeyValue... attributes) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(nanos(time))
                .setSeverityNumber(severity)
                .setSeverityText("x")
                .setBody(AnyValue.newBuilder().setStringValue(message))
                .addAllAttributes(List.of(attributes));
    }

    /** A request with gauges, which all have one value. */
    public static ExportMetricsServiceRequest gauges(
            String service, String instance, Instant time, double value, String... names) {
        ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder();
        for (String name : names) {
            metrics.addMetrics(Metric.newBuilder()
                    .setName(name)
                    .setGauge(Gauge.newBuilder()
                            .addDataPoints(NumberDataPoint.newBuilder()
                                    .setTimeUnixNano(nanos(time))
                                    .setAsDouble(value))));
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource(service, instance))
                        .addScopeMetrics(metrics))
                .build();
    }

    /** A request with spans. */
    public static ExportTraceServiceRequest spans(String service, Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource(service, "1"))
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(Arrays.asList(spans))))
                .build();
    }

    /** An attribute of text. */
    public static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    /** An id of hexadecimal digits. */
    public static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** OTLP's form of a time. */
    public static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private static Resource resource(String service, String instance) {
        return Resource.newBuilder()
                .addAttributes(text("service.name", service))
                .addAttributes(text("service.instance.id", instance))
                .build();
    }
}
