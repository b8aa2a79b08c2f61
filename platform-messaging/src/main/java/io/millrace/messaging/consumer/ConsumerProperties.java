package io.millrace.messaging.consumer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of every batch consumer of a service, {@code millrace.consumer.*}.
 *
 * @param maxPollRecords records of one poll, hence of one database transaction; 1 to 5,000. Larger batches cost less per
 *     record and hold their locks longer
 * @param gatherFor how long records may gather between two polls; 0 to 100 ms. Longer makes larger batches, hence fewer
 *     transactions, fetches and commits for each record, and adds as much to the time an event takes
 * @param sessionTimeout after this time without a sign of life a consumer's partitions move to another; at least 6 s
 * @param attempts how often a record is tried that fails for a reason of its own, the first time included; at least 1
 * @param firstBackoff wait before the second attempt, doubled with each further one
 * @param longestBackoff longest wait between two attempts, also while database or broker are away
 * @param deadLetterMaxBytes largest record a dead-letter topic takes, in bytes; above the source topics' own limit
 */
@ConfigurationProperties("millrace.consumer")
public record ConsumerProperties(
        @DefaultValue("500") int maxPollRecords,
        @DefaultValue("10ms") Duration gatherFor,
        @DefaultValue("10s") Duration sessionTimeout,
        @DefaultValue("4") int attempts,
        @DefaultValue("200ms") Duration firstBackoff,
        @DefaultValue("5s") Duration longestBackoff,
        @DefaultValue("3145728") int deadLetterMaxBytes) {

    /** Refuses values out of range, naming the property. */
    public ConsumerProperties {
        require(maxPollRecords >= 1 && maxPollRecords <= 5_000, "max-poll-records must lie within 1 and 5000");
        require(!gatherFor.isNegative() && gatherFor.toMillis() <= 100, "gather-for must lie within 0 and 100 ms");
        require(sessionTimeout.toSeconds() >= 6, "session-timeout must be at least 6 s, the broker's default minimum");
        require(attempts >= 1, "attempts must be at least 1");
        require(firstBackoff.isPositive(), "first-backoff must be positive");
        require(longestBackoff.compareTo(firstBackoff) >= 0, "longest-backoff must not be below first-backoff");
        require(
                deadLetterMaxBytes > 1_100_000,
                "dead-letter-max-bytes must exceed the source topics' 1 MiB and its headers");
    }

    /** The wait after so many failed attempts, counted from 1. */
    Duration backoff(int failedAttempts) {
        Duration wait = firstBackoff.multipliedBy(1L << Math.min(failedAttempts - 1, 20));
        return wait.compareTo(longestBackoff) < 0 ? wait : longestBackoff;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.consumer." + message);
        }
    }
}
