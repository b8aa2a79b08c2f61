package io.millrace.traffic.load;

import java.time.Duration;

/**
 * When an order is sent again, with the same idempotency key and the same body: after 429, 502, 503 and 504, and when there was no
 * answer at all (time-out, broken connection).
 *
 * @param most how often, 0 to 1,000,000
 * @param backoff wait before it; a longer {@code Retry-After} counts
 */
public record Retries(int most, Duration backoff) {

    /** Every first answer is final. */
    public static final Retries NONE = new Retries(0, Duration.ofMillis(100));

    /** Until it is answered otherwise, or the run ends. */
    public static final Retries UNTIL_ANSWERED = new Retries(1_000_000, Duration.ofMillis(100));

    /** Refuses a number or a wait out of range. */
    public Retries {
        if (most < 0 || most > 1_000_000 || backoff.isNegative() || backoff.isZero()) {
            throw new IllegalArgumentException("retries must be 0 to 1,000,000 and their back-off above 0");
        }
    }
}
