package io.millrace.order.ordering;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of ordering, {@code millrace.orders.*}.
 *
 * @param maxQuantity units of one line at most, 1 to 1,000,000
 * @param maxLines lines of one order at most, 1 to 100
 * @param fraudHashKey secret under which personal data is hashed before fraud scoring sees it; at least 16 characters. A
 *     change makes all earlier hashes incomparable
 * @param writers transactions that place orders at the same time, 1 to 8. Two keep one gathering while the other commits
 * @param placingBatch orders of one transaction at most, 1 to 1,000
 * @param placingQueue requests that may wait to be placed, beyond which POST answers 503; at least 1
 * @param placingPatience how long a request waits for its transaction before it is told that the outcome is unknown; below
 *     the 2 s within which 503 is promised, as a loaded machine needs some of them
 * @param maxUndecided orders that may be undecided, beyond which POST answers 503: as many as the platform decides in a few
 *     seconds. More would be accepted only to expire
 * @param idempotencyFor how long a key leads to its first answer; at least a minute
 */
@ConfigurationProperties("millrace.orders")
public record OrderProperties(
        @DefaultValue("999") int maxQuantity,
        @DefaultValue("100") int maxLines,
        String fraudHashKey,
        @DefaultValue("2") int writers,
        @DefaultValue("100") int placingBatch,
        @DefaultValue("1000") int placingQueue,
        @DefaultValue("1500ms") Duration placingPatience,
        @DefaultValue("2000") int maxUndecided,
        @DefaultValue("24h") Duration idempotencyFor) {

    /** Refuses values out of range, naming the property. */
    public OrderProperties {
        require(maxQuantity >= 1 && maxQuantity <= 1_000_000, "max-quantity must lie within 1 and 1000000");
        require(maxLines >= 1 && maxLines <= 100, "max-lines must lie within 1 and 100");
        require(
                fraudHashKey != null && fraudHashKey.length() >= 16,
                "fraud-hash-key must be given, with at least 16 characters");
        require(writers >= 1 && writers <= 8, "writers must lie within 1 and 8");
        require(placingBatch >= 1 && placingBatch <= 1_000, "placing-batch must lie within 1 and 1000");
        require(placingQueue >= 1, "placing-queue must be at least 1");
        require(placingPatience.isPositive(), "placing-patience must be positive");
        require(maxUndecided >= 1, "max-undecided must be at least 1");
        require(idempotencyFor.toMinutes() >= 1, "idempotency-for must be at least a minute");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.orders." + message);
        }
    }
}
