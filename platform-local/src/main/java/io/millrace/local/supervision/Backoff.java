package io.millrace.local.supervision;

import java.time.Duration;

/**
 * How long to wait before a process that has died is started again: half a second, doubled with each death in a row, 30
 * seconds at most. A process that lived for a minute begins anew.
 *
 * @param deaths deaths in a row so far
 */
record Backoff(int deaths) {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final Duration LONG_LIFE = Duration.ofSeconds(60);
    private static final int DOUBLINGS = 6;

    static Backoff none() {
        return new Backoff(0);
    }

    /** After a death at that age. */
    Backoff afterDeath(Duration age) {
        return new Backoff(age.compareTo(LONG_LIFE) >= 0 ? 1 : deaths + 1);
    }

    /** The wait before the next start. */
    Duration delay() {
        Duration delay = FIRST.multipliedBy(1L << Math.clamp(deaths - 1L, 0, DOUBLINGS));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }
}
