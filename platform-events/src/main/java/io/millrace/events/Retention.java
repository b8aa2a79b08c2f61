package io.millrace.events;

import java.time.Duration;

/** How long a topic keeps its records. */
public sealed interface Retention {

    /**
     * Records are deleted when they are older than this.
     *
     * @param age positive
     */
    record Kept(Duration age) implements Retention {}

    /** The newest record of each key is kept for ever, older ones of the same key are removed in time. */
    record Compacted() implements Retention {}
}
