package io.millrace.monitoring.store;

/** What shares a part of the space. */
public enum Kind {
    /** What happened: events of the business topics. */
    EVENTS,
    /** What services tell of themselves: logs, metrics, spans. */
    TELEMETRY
}
