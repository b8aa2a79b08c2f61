package io.millrace.telemetry.ship;

import io.millrace.events.OpaqueTopic;
import io.millrace.events.catalogue.TelemetryTopics;
import java.util.Locale;

/** A kind of telemetry, with its topic. */
public enum Signal {
    /** Log lines. */
    LOGS(TelemetryTopics.LOGS),
    /** Values of meters. */
    METRICS(TelemetryTopics.METRICS),
    /** Spans of traces. */
    SPANS(TelemetryTopics.SPANS);

    private final OpaqueTopic topic;

    Signal(OpaqueTopic topic) {
        this.topic = topic;
    }

    /** Where it goes. */
    public OpaqueTopic topic() {
        return topic;
    }

    /** Its name as the value of a meter's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
