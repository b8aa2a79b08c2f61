package io.millrace.messaging.topics;

import io.millrace.events.Event;
import io.millrace.events.Topic;
import java.util.List;

/**
 * The topics a service writes: declared as a bean, created when the service starts.
 *
 * @param topics the service's own topics
 */
public record PublishedTopics(List<Topic<? extends Event>> topics) {}
