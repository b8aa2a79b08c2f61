package io.millrace.messaging;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.Retention;
import io.millrace.events.Topic;
import java.time.Duration;

/** Events for tests. */
public sealed interface Sample extends Event {

    /** A number was noted. */
    @EventType("test.noted")
    record Noted(String key, int number) implements Sample {}

    /** A topic of its own for a test. */
    static Topic<Sample> topic(String name) {
        return new Topic<>(name, Sample.class, "key", 6, new Retention.Kept(Duration.ofDays(1)), "test");
    }
}
