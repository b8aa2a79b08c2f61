package io.millrace.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is said about an event beside its payload: the attributes of a CloudEvent in binary mode, carried as record
 * headers (source: CloudEvents 1.0 and its Kafka protocol binding).
 *
 * @param id unique id of the event; one that is derived from an input keeps the same id when it is derived again
 * @param type stable name of the payload, see {@link EventType}
 * @param source the producing service, such as {@code order-service}
 * @param time when the fact happened; not when it was published
 * @param subject the aggregate the event is about, such as an order's id
 * @param sequence position among the events of this subject on this topic, counted from 1 without gaps; a consumer that
 *     needs order ignores what is at or below the last it has applied. Compacted topics may skip numbers
 * @param correlationId what ties one business process together: the order's id wherever there is one
 * @param causationId id of the event that led to this one; null where a person or a clock did
 * @param traceparent W3C trace context; null where nothing was traced
 */
public record Envelope(
        UUID id,
        String type,
        String source,
        Instant time,
        String subject,
        long sequence,
        String correlationId,
        @Nullable UUID causationId,
        @Nullable String traceparent) {

    /** Refuses a sequence below 1 and empty attributes, naming the attribute. */
    public Envelope {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence must be at least 1, was " + sequence);
        }
        requireText("type", type);
        requireText("source", source);
        requireText("subject", subject);
        requireText("correlationId", correlationId);
    }

    private static void requireText(String attribute, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(attribute + " must not be blank");
        }
    }
}
