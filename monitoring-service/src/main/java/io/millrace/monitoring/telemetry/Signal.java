package io.millrace.monitoring.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A piece of telemetry, ready to be stored: texts are bounded, times lie within what a database can keep. */
public sealed interface Signal {

    /** Who sent it. */
    Source source();

    /**
     * A log record.
     *
     * @param severity OpenTelemetry's severity number, 0 (not said) to 24
     * @param orderId the attribute {@code orderId} where it has an order id's form
     * @param exception stack trace, or type and message
     * @param attributes JSON object of what no other component holds
     */
    record Log(
            Source source,
            Instant time,
            int severity,
            String logger,
            String message,
            @Nullable String thread,
            @Nullable String traceId,
            @Nullable String spanId,
            Optional<UUID> orderId,
            @Nullable String exception,
            String attributes)
            implements Signal {}

    /**
     * One data point of a metric.
     *
     * @param kind {@code gauge}, {@code sum}, {@code histogram} or {@code summary}
     * @param value the value; of a histogram or summary the sum of what was observed
     * @param count how often something was observed; null for gauges and sums
     * @param attributes JSON object of the series' attributes
     */
    record Sample(
            Source source,
            Instant time,
            String name,
            String kind,
            double value,
            @Nullable Long count,
            String attributes)
            implements Signal {}

    /**
     * A span of a trace.
     *
     * @param kind OpenTelemetry's number of the kind, 0 to 5
     * @param failed whether its status is an error
     * @param attributes JSON object
     */
    record Span(
            Source source,
            String traceId,
            String spanId,
            @Nullable String parentId,
            String name,
            int kind,
            Instant startedAt,
            long durationNanos,
            boolean failed,
            String attributes)
            implements Signal {}

    /** The signals of one kind. */
    static <S extends Signal> List<S> only(Class<S> kind, List<? extends Signal> signals) {
        return signals.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
