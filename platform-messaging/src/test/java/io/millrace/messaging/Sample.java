package io.millrace.messaging;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.Retention;
import io.millrace.events.Topic;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events for tests. */
public sealed interface Sample extends Event {

    /** A number was noted. */
    @EventType("test.noted")
    record Noted(String key, int number) implements Sample {}

    /** Something with parts, one of which may be missing. */
    @EventType("test.assembled")
    record Assembled(
            String name, List<Part> parts, @Nullable Integer weight) implements Sample {}

    /** A part. */
    record Part(String name, int count) {}

    /** A topic of its own for a test. */
    static Topic<Sample> topic(String name) {
        return new Topic<>(name, Sample.class, "key", 6, new Retention.Kept(Duration.ofDays(1)), "test");
    }
}
