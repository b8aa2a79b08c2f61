package io.millrace.telemetry.ship;

import java.util.Locale;

/** Why telemetry was given up. */
public enum Drop {
    /** More came than could be sent, and as much as may wait was waiting. */
    QUEUE_FULL,
    /** It could not be written as OTLP: something in it failed to say what it is. */
    NOT_ENCODED,
    /** The brokers refused it, or did not answer in time. */
    NOT_SENT,
    /** It was left when the service stopped. */
    STOPPED;

    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
