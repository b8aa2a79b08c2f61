package io.millrace.messaging.outbox;

import io.millrace.events.Event;
import io.millrace.events.Topic;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to be published.
 *
 * @param topic where to
 * @param key the record key: the id whose order matters on that topic
 * @param subject the aggregate the event is about
 * @param sequence the aggregate's next number on that topic, taken under its lock, from 1 without gaps
 * @param event the payload
 * @param time when the fact happened
 * @param correlationId the order's id wherever there is one
 * @param causationId id of the event that led to this one; null where a person or a clock did
 * @param traceparent W3C trace context of what led to it, where the caller alone knows it; null otherwise
 * @param <E> what the topic carries
 */
public record Outgoing<E extends Event>(
        Topic<E> topic,
        String key,
        String subject,
        long sequence,
        E event,
        Instant time,
        String correlationId,
        @Nullable UUID causationId,
        @Nullable String traceparent) {

    /** Refuses what its envelope would, while the transaction it belongs to can still be rolled back. */
    public Outgoing {
        require(sequence >= 1, "sequence must be at least 1");
        require(!key.isBlank(), "key must not be blank");
        require(!subject.isBlank(), "subject must not be blank");
        require(!correlationId.isBlank(), "correlationId must not be blank");
    }

    /** An event in the trace of what led to it: the cause's where there is one, else that of its order. */
    public Outgoing(
            Topic<E> topic,
            String key,
            String subject,
            long sequence,
            E event,
            Instant time,
            String correlationId,
            @Nullable UUID causationId) {
        this(topic, key, subject, sequence, event, time, correlationId, causationId, null);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
