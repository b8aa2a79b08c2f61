package io.millrace.monitoring.traces;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A span of a trace.
 *
 * @param parentId the span it happened within; null for the first
 * @param kind OpenTelemetry's number of the kind, 0 to 5
 * @param failed whether its status is an error
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TraceSpan(
        String spanId,
        @Nullable String parentId,
        String service,
        String instance,
        String name,
        int kind,
        Instant startedAt,
        long durationNanos,
        boolean failed,
        JsonNode attributes) {}
