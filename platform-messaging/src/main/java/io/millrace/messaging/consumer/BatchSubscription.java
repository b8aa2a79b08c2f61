package io.millrace.messaging.consumer;

import io.millrace.events.Event;
import io.millrace.events.Topic;
import java.util.List;

/**
 * A consumer group of a service: declared as a bean, run by this module.
 *
 * @param group the consumer group, {@code <service>.<purpose>}
 * @param topics what it reads, at least one topic; always read committed, from the beginning when the group is new
 * @param handler what is done with each batch
 */
public record BatchSubscription(String group, List<Topic<? extends Event>> topics, BatchHandler handler) {

    /** Refuses a subscription without topics. */
    public BatchSubscription {
        if (topics.isEmpty()) {
            throw new IllegalArgumentException(group + " subscribes to no topic");
        }
        topics = List.copyOf(topics);
    }
}
