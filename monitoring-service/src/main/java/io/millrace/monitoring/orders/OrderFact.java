package io.millrace.monitoring.orders;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an order.
 *
 * @param at when, as the event says
 * @param reason why it was rejected; null for all else
 */
public record OrderFact(
        UUID orderId, Step step, Instant at, @Nullable String reason) {

    /** A step on an order's way; each is taken at most once. */
    public enum Step {
        /** Accepted from the customer. */
        PLACED,
        /** Waits for a person's decision. */
        HELD,
        /** Everything was granted. */
        CONFIRMED,
        /** Something was refused. */
        REJECTED,
        /** Nobody decided in time. */
        EXPIRED
    }
}
