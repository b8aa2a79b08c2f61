package io.millrace.fraud.scoring;

import java.time.Duration;

/**
 * A stretch of event time that ends at the transaction being scored: it holds what lies less than its length before.
 * Such a window moves with every event; one of fixed edges would let a burst across an edge pass as two halves.
 */
public enum Window {
    /** 10 minutes: a burst. */
    TEN_MINUTES(Duration.ofMinutes(10), "10m", "10 minutes"),
    /** 1 hour: a script that paces itself. */
    HOUR(Duration.ofHours(1), "1h", "1 hour"),
    /** 24 hours: a slow one. */
    DAY(Duration.ofHours(24), "24h", "24 hours");

    private final Duration length;
    private final String code;
    private final String text;

    Window(Duration length, String code, String text) {
        this.length = length;
        this.code = code;
        this.text = text;
    }

    Duration length() {
        return length;
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }
}
