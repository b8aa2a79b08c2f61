package io.millrace.messaging;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events whose processing the calling thread is about, so that what they lead to joins their traces. */
public final class Causes {

    private static final ThreadLocal<@Nullable Map<UUID, String>> PRESENT = new ThreadLocal<>();

    private Causes() {}

    /**
     * Does something because of events.
     *
     * @param traceparents W3C trace contexts of what follows, by the causing event's id
     */
    public static void during(Map<UUID, String> traceparents, Runnable work) {
        PRESENT.set(traceparents);
        try {
            work.run();
        } finally {
            PRESENT.remove();
        }
    }

    /** The trace context of what follows from an event; null where it has none or is not being processed. */
    public static @Nullable String traceparent(UUID eventId) {
        Map<UUID, String> present = PRESENT.get();
        return present == null ? null : present.get(eventId);
    }
}
