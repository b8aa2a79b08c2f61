package io.millrace.traffic.provider;

import java.time.Duration;

/**
 * How long the cards that take their time take; tests shorten it.
 *
 * @param slow until {@code tok_slow} is answered: within the 3 s a caller waits
 * @param held until {@code tok_timeout} is answered: long after the caller has gone
 * @param late until {@code tok_late} takes effect and {@code tok_delayed} reaches the ledger: after a caller's 3 tries of 3 s
 */
public record Delays(Duration slow, Duration held, Duration late) {

    /** The usual: 2 s, 30 s, 20 s. */
    public static final Delays USUAL =
            new Delays(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(20));
}
