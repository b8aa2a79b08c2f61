package io.millrace.monitoring.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.messaging.UndecodableException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads OTLP requests in protobuf (source: opentelemetry-proto 1.10). Pure: the same bytes always give the same signals.
 *
 * <p>What an application logs is not to be trusted: every text is bounded, every time is checked, and a request that is no
 * protobuf, nests too deeply, holds text that is no UTF-8 or too many signals is undecodable as a whole.
 */
public final class TelemetryDecoder {

    /** Characters of a log message. */
    static final int LONGEST_MESSAGE = 16 * 1024;

    /** Characters of a stack trace. */
    static final int LONGEST_EXCEPTION = 32 * 1024;

    /** Characters of a name: a service, logger, thread, metric. */
    static final int LONGEST_NAME = 256;

    /** Log records, data points or spans of a request, some times what senders put into one. */
    static final int MOST_SIGNALS = 20_000;

    private static final String UNKNOWN = "unknown";
    private static final String ORDER_ID = "orderId";
    private static final String LOGGER = "logger";
    private static final String THREAD = "thread.name";
    private static final String THREAD_SHORT = "thread";
    private static final String EXCEPTION_TYPE = "exception.type";
    private static final String EXCEPTION_MESSAGE = "exception.message";
    private static final String EXCEPTION_TRACE = "exception.stacktrace";

    /** Attributes that have a column of their own; the short names are those platform-telemetry gives. */
    private static final Set<String> LIFTED =
            Set.of(ORDER_ID, LOGGER, THREAD, THREAD_SHORT, EXCEPTION_TYPE, EXCEPTION_MESSAGE, EXCEPTION_TRACE);

    /** What is called an order's id and is none stays visible among the attributes. */
    private static final Set<String> LIFTED_WITHOUT_ORDER =
            Set.of(LOGGER, THREAD, THREAD_SHORT, EXCEPTION_TYPE, EXCEPTION_MESSAGE, EXCEPTION_TRACE);

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;
    private static final int MOST_SEVERE = 24;

    private TelemetryDecoder() {}

    private interface Parser<M> {
        M parse(byte[] bytes) throws InvalidProtocolBufferException;
    }

    /**
     * Log records of an {@code ExportLogsServiceRequest}.
     *
     * @param recordedAt time of the record that carried it, for what bears no time of its own
     * @throws UndecodableException when the bytes are no such request
     */
    public static List<Signal> logs(byte[] bytes, Instant recordedAt) {
        List<Signal> signals = new ArrayList<>();
        for (ResourceLogs resource :
                parse(bytes, ExportLogsServiceRequest::parseFrom).getResourceLogsList()) {
            Source source = source(resource.getResource());
            for (ScopeLogs scope : resource.getScopeLogsList()) {
                String name = scope.getScope().getName();
                bound(signals.size() + scope.getLogRecordsCount());
                scope.getLogRecordsList().forEach(each -> signals.add(log(source, name, each, recordedAt)));
            }
        }
        return signals;
    }

    /**
     * Data points of an {@code ExportMetricsServiceRequest}.
     *
     * @throws UndecodableException when the bytes are no such request
     */
    public static List<Signal> metrics(byte[] bytes, Instant recordedAt) {
        List<Signal> signals = new ArrayList<>();
        for (ResourceMetrics resource :
                parse(bytes, ExportMetricsServiceRequest::parseFrom).getResourceMetricsList()) {
            Source source = source(resource.getResource());
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                for (Metric metric : scope.getMetricsList()) {
                    bound(signals.size() + Samples.count(metric));
                    Samples.add(signals, source, metric, recordedAt);
                }
            }
        }
        return signals;
    }

    /**
     * Spans of an {@code ExportTraceServiceRequest}; those without ids of the right length are left out.
     *
     * @throws UndecodableException when the bytes are no such request
     */
    public static List<Signal> spans(byte[] bytes, Instant recordedAt) {
        List<Signal> signals = new ArrayList<>();
        for (ResourceSpans resource :
                parse(bytes, ExportTraceServiceRequest::parseFrom).getResourceSpansList()) {
            Source source = source(resource.getResource());
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                bound(signals.size() + scope.getSpansCount());
                scope.getSpansList()
                        .forEach(each -> span(source, each, recordedAt).ifPresent(signals::add));
            }
        }
        return signals;
    }

    private static <M> M parse(byte[] bytes, Parser<M> parser) {
        try {
            return parser.parse(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UndecodableException("the value is no OTLP request: " + e.getMessage(), e);
        }
    }

    private static void bound(int count) {
        if (count > MOST_SIGNALS) {
            throw new UndecodableException("the request holds more than " + MOST_SIGNALS + " signals");
        }
    }

    private static Source source(Resource resource) {
        return new Source(
                named(resource.getAttributesList(), "service.name"),
                named(resource.getAttributesList(), "service.instance.id"));
    }

    private static String named(List<KeyValue> attributes, String name) {
        String value = Attributes.text(attributes, name);
        return value == null || value.isBlank() ? UNKNOWN : Texts.cut(value, LONGEST_NAME);
    }

    private static Signal.Log log(Source source, String scope, LogRecord record, Instant recordedAt) {
        List<KeyValue> attributes = record.getAttributesList();
        Optional<UUID> orderId = orderId(attributes);
        String logger = scope.isEmpty() ? Attributes.text(attributes, LOGGER) : scope;
        String longThread = Attributes.text(attributes, THREAD);
        String thread = longThread == null ? Attributes.text(attributes, THREAD_SHORT) : longThread;
        long nanos = record.getTimeUnixNano() != 0 ? record.getTimeUnixNano() : record.getObservedTimeUnixNano();
        return new Signal.Log(
                source,
                Times.of(nanos, recordedAt),
                severity(record),
                logger == null ? "" : Texts.cut(logger, LONGEST_NAME),
                Texts.cut(Attributes.text(record.getBody()), LONGEST_MESSAGE),
                thread == null ? null : Texts.cut(thread, LONGEST_NAME),
                Attributes.id(record.getTraceId(), TRACE_ID_BYTES),
                Attributes.id(record.getSpanId(), SPAN_ID_BYTES),
                orderId,
                exception(attributes),
                Attributes.json(attributes, orderId.isPresent() ? LIFTED : LIFTED_WITHOUT_ORDER));
    }

    private static int severity(LogRecord record) {
        int number = record.getSeverityNumberValue();
        if (number >= 1 && number <= MOST_SEVERE) {
            return number;
        }
        return switch (record.getSeverityText().toUpperCase(Locale.ROOT)) {
            case "TRACE" -> 1;
            case "DEBUG" -> 5;
            case "INFO" -> 9;
            case "WARN", "WARNING" -> 13;
            case "ERROR" -> 17;
            case "FATAL" -> 21;
            default -> 0;
        };
    }

    private static Optional<UUID> orderId(List<KeyValue> attributes) {
        String text = Attributes.text(attributes, ORDER_ID);
        return text == null ? Optional.empty() : OrderIds.parse(text);
    }

    private static @Nullable String exception(List<KeyValue> attributes) {
        String trace = Attributes.text(attributes, EXCEPTION_TRACE);
        if (trace != null) {
            return Texts.cut(trace, LONGEST_EXCEPTION);
        }
        String type = Attributes.text(attributes, EXCEPTION_TYPE);
        if (type == null) {
            return null;
        }
        String message = Attributes.text(attributes, EXCEPTION_MESSAGE);
        return Texts.cut(message == null ? type : type + ": " + message, LONGEST_EXCEPTION);
    }

    private static Optional<Signal> span(Source source, Span span, Instant recordedAt) {
        String traceId = Attributes.id(span.getTraceId(), TRACE_ID_BYTES);
        String spanId = Attributes.id(span.getSpanId(), SPAN_ID_BYTES);
        if (traceId == null || spanId == null) {
            return Optional.empty();
        }
        return Optional.of(new Signal.Span(
                source,
                traceId,
                spanId,
                Attributes.id(span.getParentSpanId(), SPAN_ID_BYTES),
                Texts.cut(span.getName(), LONGEST_NAME),
                Math.clamp(span.getKindValue(), 0, 5),
                Times.of(span.getStartTimeUnixNano(), recordedAt),
                Math.max(0, span.getEndTimeUnixNano() - span.getStartTimeUnixNano()),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                Attributes.json(span.getAttributesList(), Set.of())));
    }
}
