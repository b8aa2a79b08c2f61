package io.millrace.messaging.outbox;

import io.millrace.events.Event;
import io.millrace.events.Topic;
import io.millrace.messaging.Causes;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventIds;
import io.millrace.telemetry.trace.CurrentSpan;
import io.millrace.telemetry.trace.TraceContext;
import io.millrace.telemetry.trace.Tracer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a service puts the events it wants published: in its own database, in the transaction of the state they tell of.
 *
 * <p>Once that transaction has committed, every event reaches its topic at least once, and the events of one aggregate
 * reach it in the order of their sequence. Nothing is published of a transaction that rolled back.
 */
public final class Outbox {

    private final OutboxTable table;
    private final EventCodec codec;
    private final OutboxSignal signal;
    private final OutboxDepth depth;
    private final Tracer tracer;

    Outbox(OutboxTable table, EventCodec codec, OutboxSignal signal, OutboxDepth depth, Tracer tracer) {
        this.table = table;
        this.codec = codec;
        this.signal = signal;
        this.depth = depth;
        this.tracer = tracer;
    }

    /**
     * Adds events to the current transaction, with one statement.
     *
     * @param events in the order in which one aggregate's are to be published
     * @throws IllegalStateException when there is no transaction to join
     */
    public void append(List<Outgoing<?>> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "events are appended only within the transaction of the state they tell of");
        }
        if (events.isEmpty()) {
            return;
        }
        table.insert(events.stream().map(this::row).toList());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                signal.committed();
            }
        });
    }

    /**
     * Whether more than a thousand events have waited for over 5 seconds: the brokers are away, and what is undecided is so for
     * lack of them. Read once a second.
     */
    public boolean isStalled() {
        return depth.isStalled();
    }

    /**
     * Whether so many events wait for the brokers that nothing new should be accepted: true from the configured bound on.
     * The figure behind it is at most a second old.
     */
    public boolean isFull() {
        return depth.isFull();
    }

    private OutboxTable.NewRow row(Outgoing<?> outgoing) {
        Topic<? extends Event> topic = outgoing.topic();
        return new OutboxTable.NewRow(
                EventIds.next(),
                topic.name(),
                outgoing.key(),
                Lane.of(outgoing.key()),
                Topic.typeOf(outgoing.event().getClass()),
                outgoing.subject(),
                outgoing.sequence(),
                outgoing.time(),
                outgoing.correlationId(),
                outgoing.causationId(),
                traceparent(outgoing),
                codec.encode(outgoing.event()));
    }

    /** The trace of what led to the event; else that of its order; else that of the request under way. */
    private @Nullable String traceparent(Outgoing<?> outgoing) {
        UUID cause = outgoing.causationId();
        String told =
                outgoing.traceparent() == null && cause != null ? Causes.traceparent(cause) : outgoing.traceparent();
        Optional<TraceContext> context = TraceContext.parse(told);
        if (context.isPresent()) {
            tracer.follow(outgoing.correlationId(), context.get());
            return told;
        }
        return tracer.of(outgoing.correlationId())
                .map(TraceContext::traceparent)
                .orElseGet(CurrentSpan::traceparent);
    }
}
