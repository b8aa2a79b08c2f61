package io.millrace.traffic.provider;

import java.time.Duration;

/**
 * How callbacks are sent.
 *
 * @param secret key of their signature, shared with the merchant; not empty
 * @param attempts how often one is tried until it is answered 2xx, 1 to 100; then it is given up
 * @param firstBackoff wait before the second try; doubled for each further one
 * @param longestBackoff the wait grows no longer than this
 * @param timeout of one try
 */
public record CallbackSettings(
        String secret, int attempts, Duration firstBackoff, Duration longestBackoff, Duration timeout) {

    /** Refuses an empty secret and a number of attempts out of range. */
    public CallbackSettings {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("callback secret must not be empty");
        }
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("attempts must be 1 to 100, was " + attempts);
        }
    }

    /** The usual: 8 attempts over about a minute, 5 s for each. */
    public static CallbackSettings usual(String secret) {
        return new CallbackSettings(secret, 8, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(5));
    }

    /** The wait after so many failed attempts. */
    Duration backoffAfter(int failed) {
        Duration backoff = firstBackoff;
        for (int i = 1; i < failed && backoff.compareTo(longestBackoff) < 0; i++) {
            backoff = backoff.multipliedBy(2);
        }
        return backoff.compareTo(longestBackoff) < 0 ? backoff : longestBackoff;
    }
}
