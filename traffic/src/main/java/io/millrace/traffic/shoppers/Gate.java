package io.millrace.traffic.shoppers;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a part of the shop may be asked. It closes when that part fails, for a time that doubles with every failure in a
 * row; then one request alone is let through to try, and the gate opens for all when it succeeds. However many visitors
 * there are, a shop that is away gets one request each time. Thread-safe.
 */
final class Gate {

    private static final int MOST_DOUBLINGS = 20;
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);

    private final Duration first;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private int failures;
    private long closedUntil;

    /** What the gate says to a request. */
    enum Pass {
        /** It may be sent. */
        FREE,
        /** It may be sent, and the gate waits for what becomes of it. */
        TRIAL,
        /** It may not be sent now. */
        NONE
    }

    /**
     * An open gate.
     *
     * @param first how long it closes after a first failure
     * @param longest it never closes for longer, unless the shop asks for it
     */
    Gate(Duration first, Duration longest, LongSupplier nanoTime) {
        this.first = first;
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    /** Whether a request may be sent now; one that is sent is reported by {@link #passed} or {@link #failed}. */
    synchronized Pass enter() {
        if (failures == 0) {
            return Pass.FREE;
        }
        long now = nanoTime.getAsLong();
        if (now - closedUntil < 0) {
            return Pass.NONE;
        }
        closedUntil = now + longest.toNanos(); // the next try, should this one never be reported
        return Pass.TRIAL;
    }

    synchronized void passed() {
        failures = 0;
    }

    /**
     * A request failed.
     *
     * @param pass what it was let through by
     * @param retryAfter how long the shop asks to be left alone; zero when it does not say
     */
    synchronized void failed(Pass pass, Duration retryAfter) {
        if (pass == Pass.FREE && failures > 0) {
            return; // sent before the first failure was known: says nothing new
        }
        failures++;
        Duration backoff = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration wait = shorter(backoff, longest);
        Duration asked = shorter(retryAfter, LONGEST_ASKED);
        closedUntil = nanoTime.getAsLong() + (wait.compareTo(asked) < 0 ? asked : wait).toNanos();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
