package io.millrace.events.recommendation;

import io.millrace.events.Event;

/** What is known of visitors' sessions; written by Kafka Streams. */
public sealed interface SessionEvent extends Event permits SessionItemVisited {

    /** The session. */
    String sessionId();
}
