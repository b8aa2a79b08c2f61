package io.millrace.monitoring.logs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A log record as people see it.
 *
 * @param severity name of its {@link Level}
 * @param attributes what the application said beside the message
 */
public record LogLine(
        String id,
        Instant time,
        String severity,
        String service,
        String instance,
        String logger,
        String message,
        @Nullable String thread,
        @Nullable String traceId,
        @Nullable String spanId,
        @Nullable UUID orderId,
        @Nullable String exception,
        JsonNode attributes) {

    /** Where the line stands among all. */
    LogPosition position() {
        return new LogPosition(time, Long.parseLong(id));
    }
}
