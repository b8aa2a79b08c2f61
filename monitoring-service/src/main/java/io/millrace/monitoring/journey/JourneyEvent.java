package io.millrace.monitoring.journey;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event on an order's way.
 *
 * @param id null where the producer gave none
 * @param sincePreviousMillis from the event before it in the journey; 0 for the first, and where clocks differ
 * @param sequence position among the events of its subject on its topic; null where the producer gave none
 * @param causationId id of the event that led to it; null where none did
 * @param data the payload as it was sent
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JourneyEvent(
        String topic,
        int partition,
        long offset,
        @Nullable String id,
        String type,
        @Nullable String source,
        Instant time,
        long sincePreviousMillis,
        @Nullable Long sequence,
        @Nullable String causationId,
        @Nullable String traceId,
        JsonNode data) {

    JourneyEvent since(@Nullable Instant previous) {
        long millis = previous == null
                ? 0
                : Math.max(0, Duration.between(previous, time).toMillis());
        return new JourneyEvent(
                topic, partition, offset, id, type, source, time, millis, sequence, causationId, traceId, data);
    }
}
