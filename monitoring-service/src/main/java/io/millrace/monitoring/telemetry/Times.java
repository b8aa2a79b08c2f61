package io.millrace.monitoring.telemetry;

import java.time.Duration;
import java.time.Instant;

/** Times that others claim. */
final class Times {

    private static final Duration AHEAD = Duration.ofMinutes(5);

    private Times() {}

    /**
     * The instant of nanoseconds since 1970; the record's own time where they are absent, or so far in its future that the
     * claim would stand before everything else for days.
     *
     * @param unixNanos unsigned as OTLP has it; above 2^63 it reads negative here and is no time
     */
    static Instant of(long unixNanos, Instant recordedAt) {
        if (unixNanos <= 0) {
            return recordedAt;
        }
        Instant claimed = Instant.ofEpochSecond(unixNanos / 1_000_000_000L, unixNanos % 1_000_000_000L);
        return claimed.isAfter(recordedAt.plus(AHEAD)) ? recordedAt : claimed;
    }
}
