package io.millrace.telemetry.ship;

import io.millrace.events.OpaqueTopic;
import io.millrace.events.catalogue.TelemetryTopics;
import java.util.Locale;

/** A kind of telemetry, with its topic. */
public enum Signal {
    /** Log lines. */
    LOGS,
    /** Values of meters. */
    METRICS,
    /** Spans of traces. */
    SPANS;

    /** Where it goes. */
    public OpaqueTopic topic() {
        return switch (this) {
            case LOGS -> TelemetryTopics.LOGS;
            case METRICS -> TelemetryTopics.METRICS;
            case SPANS -> TelemetryTopics.SPANS;
        };
    }

    /** Its name as the value of a meter's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
