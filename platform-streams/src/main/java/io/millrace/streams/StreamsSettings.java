package io.millrace.streams;

import jakarta.validation.constraints.AssertTrue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a topology runs. A service's own {@code @ConfigurationProperties} record is one, with its prefix, its defaults and what
 * else it sets; what holds between the values is checked here, when they are bound.
 */
public interface StreamsSettings {

    /** How long results are gathered before they are committed and seen; 5 ms to 1 s. */
    Duration commitInterval();

    /**
     * How long a thread waits for records before it looks whether a commit is due; 1 ms to {@link #commitInterval()}. Kafka's
     * own 100 ms would hold back a lone result for as long.
     */
    Duration pollFor();

    /** Stream threads. */
    int threads();

    /** Copies of the state on other instances; 0 where there are none. */
    int standbyReplicas();

    /** Name of this instance among those of the service, unlike any other's; null or blank for none. */
    @Nullable String instanceId();

    /** Where Streams keeps files; one instance's own. */
    Path stateDirectory();

    /** After this time without a sign of life an instance's partitions move to another; at least 6 s. */
    Duration sessionTimeout();

    /**
     * After this time the broker ends a dead instance's open transaction, for which readers wait; more than ten times
     * {@link #commitInterval()}.
     */
    Duration transactionTimeout();

    /** Wait before a failed thread is replaced, doubled with each failure that follows within a minute. */
    Duration firstBackoff();

    /** Longest such wait. */
    Duration longestBackoff();

    /**
     * The name under which this instance comes back as the same member of its group, so that a restart within
     * {@link #sessionTimeout()} moves no partition.
     */
    default Optional<String> memberName() {
        return Optional.ofNullable(instanceId()).filter(name -> !name.isBlank());
    }

    /** Whether the commit interval lies in its range. */
    @AssertTrue(message = "commitInterval must lie within 5 ms and 1 s") default boolean isCommitIntervalInRange() {
        return commitInterval().toMillis() >= 5 && commitInterval().toMillis() <= 1_000;
    }

    /** Whether a commit that is due is noticed. */
    @AssertTrue(message = "pollFor must lie within 1 ms and commitInterval") default boolean isPollForInRange() {
        return pollFor().toMillis() >= 1 && pollFor().compareTo(commitInterval()) <= 0;
    }

    /** Whether a transaction can end before it times out. */
    @AssertTrue(message = "transactionTimeout must exceed ten times commitInterval") default boolean isTransactionTimeoutInRange() {
        return transactionTimeout().compareTo(commitInterval().multipliedBy(10)) > 0;
    }

    /** Whether brokers take the session timeout. */
    @AssertTrue(message = "sessionTimeout must be at least 6 s, the brokers' default minimum") default boolean isSessionTimeoutInRange() {
        return sessionTimeout().toSeconds() >= 6;
    }

    /** Whether the back-off grows. */
    @AssertTrue(message = "must have 0 < firstBackoff <= longestBackoff") default boolean isBackoffInOrder() {
        return firstBackoff().isPositive() && firstBackoff().compareTo(longestBackoff()) <= 0;
    }

    /** The wait after so many failures in a row, counted from 1. */
    default Duration backoff(int failures) {
        Duration wait = firstBackoff().multipliedBy(1L << Math.min(failures - 1, 20));
        return wait.compareTo(longestBackoff()) < 0 ? wait : longestBackoff();
    }
}
