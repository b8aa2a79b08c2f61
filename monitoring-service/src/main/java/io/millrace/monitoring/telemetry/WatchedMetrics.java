package io.millrace.monitoring.telemetry;

/** The metrics of services that the summary shows, by the names they are given in platform-messaging and -telemetry. */
public final class WatchedMetrics {

    /** Events committed and not yet published. */
    public static final String OUTBOX_WAITING = "millrace.outbox.events.waiting";

    /** Age of the oldest of them, seconds. */
    public static final String OUTBOX_OLDEST = "millrace.outbox.oldest.age";

    private static final String TELEMETRY = "millrace.telemetry.";
    private static final String DROPPED = ".dropped";

    /** Records that this service had no room for. */
    private static final String MONITORING_DROPPED = "millrace.monitoring.records.dropped";

    private WatchedMetrics() {}

    /** Whether the newest value of a metric is kept at hand. */
    public static boolean isWatched(String name) {
        return name.equals(OUTBOX_WAITING) || name.equals(OUTBOX_OLDEST) || countsDropped(name);
    }

    /** Whether a metric counts what a service dropped before it was sent, or this one before it was stored. */
    public static boolean countsDropped(String name) {
        return name.equals(MONITORING_DROPPED) || (name.startsWith(TELEMETRY) && name.endsWith(DROPPED));
    }
}
