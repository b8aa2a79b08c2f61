package io.millrace.messaging.consumer;

import io.millrace.messaging.Message;
import java.util.List;

/**
 * What a service does with a batch of events, within one database transaction that the caller opens and commits.
 *
 * <p>The offsets are committed after the transaction, so every event may come again, alone or in another batch, after any
 * crash: the effect must be idempotent by its own key. When the batch fails the handler is called again with parts of it,
 * down to single events, to find the one that is at fault.
 */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Applies the events.
     *
     * @param messages at least one; the events of one record key in the order of their topic, several topics mixed
     * @throws RefusedException when an event can never be applied: it goes to the dead letters at once
     * @throws DependencyAwayException when something the handler needs is away: the same events come again until it is back
     */
    void handle(List<Message<?>> messages);
}
