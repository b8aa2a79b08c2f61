package io.millrace.messaging.guarantees;

import io.millrace.events.EventType;

/** Something countable happened to an aggregate. */
@EventType("test.counted")
public record Counted(int aggregate, long sequence, boolean committed) implements Counting {}
