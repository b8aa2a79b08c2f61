package io.millrace.messaging;

import io.millrace.events.Envelope;
import io.millrace.events.Event;
import io.millrace.events.Topic;

/**
 * An event as it was read from a topic.
 *
 * @param topic the topic's declaration
 * @param key the record key
 * @param envelope what is said about the event
 * @param event the payload
 * @param partition where it was read
 * @param offset where it was read
 * @param <E> type of the payload
 */
public record Message<E extends Event>(
        Topic<? extends Event> topic, String key, Envelope envelope, E event, int partition, long offset) {}
