package io.millrace.messaging.outbox;

import io.millrace.events.Envelope;
import io.millrace.messaging.EventHeaders;
import io.millrace.telemetry.trace.Span;
import io.millrace.telemetry.trace.TraceContext;
import io.millrace.telemetry.trace.Tracer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one holder of the lease has read and sent. Used by the relay's thread alone; only the producer's call-backs arrive
 * from elsewhere, through a queue.
 *
 * <p>Of each aggregate at most one record per topic is on its way: the next is handed to the producer when the brokers have
 * acknowledged the one before. A producer that gives up on a record may still deliver the ones behind it, so nothing else
 * keeps an aggregate's order through every failure.
 */
final class RelaySession {

    private static final Logger log = LoggerFactory.getLogger(RelaySession.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

    /** Well above the time in which a lane that goes on is read and tried again. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    /** A send only hands over; one that takes longer has waited for the brokers' metadata, and every next one would too. */
    private static final Duration LONGEST_HAND_OVER = Duration.ofMillis(500);

    private final long epoch;
    private final String source;
    private final Producer<byte[], byte[]> producer;
    private final OutboxSignal signal;
    private final OutboxMeters meters;
    private final Tracer tracer;

    private final Set<Long> known = new HashSet<>();
    private final Map<Aggregate, Deque<OutboxTable.Row>> chains = new HashMap<>();
    private final Map<LaneKey, HoldBack> heldBack = new HashMap<>();
    private final List<Long> acknowledged = new ArrayList<>();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private long awayUntilNanos = System.nanoTime();

    RelaySession(
            long epoch,
            String source,
            Producer<byte[], byte[]> producer,
            OutboxSignal signal,
            OutboxMeters meters,
            Tracer tracer) {
        this.epoch = epoch;
        this.source = source;
        this.producer = producer;
        this.signal = signal;
        this.meters = meters;
        this.tracer = tracer;
    }

    private record Aggregate(String topic, String subject) {
        static Aggregate of(OutboxTable.Row row) {
            return new Aggregate(row.topic(), row.subject());
        }
    }

    /**
     * Why a lane waits.
     *
     * @param behind the aggregate whose send failed last
     * @param over whether the wait is over; kept all the same, so that the next failure waits longer
     */
    private record HoldBack(Aggregate behind, Duration backoff, long endsNanos, boolean over) {}

    private record Outcome(OutboxTable.Row row, @Nullable Exception failure) {}

    long epoch() {
        return epoch;
    }

    /** Rows that were read and are not recorded as published: not to be read again. */
    Collection<Long> known() {
        return known;
    }

    /** Rows the brokers have acknowledged and that are still to be recorded as published. */
    List<Long> acknowledged() {
        return acknowledged;
    }

    /** Whether a send has lately waited for brokers in vain, so that none is to be tried for a while. */
    boolean brokersAreAway() {
        return System.nanoTime() - awayUntilNanos < 0;
    }

    boolean hasWork() {
        return !known.isEmpty();
    }

    /** Lanes that wait after a failure. */
    Collection<LaneKey> heldBack() {
        return heldBack.entrySet().stream()
                .filter(entry -> !entry.getValue().over)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Lanes with an event that could not be published when it was last tried, whether or not they wait at this moment. */
    Collection<LaneKey> failing() {
        return heldBack.keySet();
    }

    /** Lets lanes go on whose wait is over; true when there was one. */
    boolean letGo() {
        long now = System.nanoTime();
        boolean any = false;
        for (Map.Entry<LaneKey, HoldBack> entry : heldBack.entrySet()) {
            HoldBack held = entry.getValue();
            if (!held.over && held.endsNanos - now <= 0) {
                entry.setValue(new HoldBack(held.behind, held.backoff, held.endsNanos, true));
                any = true;
            }
        }
        // Nothing failed for so long that the event must be gone: a person took it out of the outbox.
        heldBack.values().removeIf(held -> now - held.endsNanos > FORGOTTEN_AFTER.toNanos());
        return any;
    }

    /**
     * Takes rows in the order of their ids and sends the first of every aggregate that has nothing on its way. Leaves off
     * when the brokers turn out to be away: what was not taken is read again.
     */
    void take(List<OutboxTable.Row> rows) {
        for (OutboxTable.Row row : rows) {
            if (brokersAreAway()) {
                return;
            }
            known.add(row.id());
            Deque<OutboxTable.Row> chain = chains.computeIfAbsent(Aggregate.of(row), _ -> new ArrayDeque<>(2));
            chain.add(row);
            if (chain.size() == 1) {
                send(row);
            }
        }
    }

    /** Works off what the producer has answered since the last call; true when there was something. */
    boolean settle() {
        boolean any = false;
        int failures = 0;
        Exception firstFailure = null;
        for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            any = true;
            if (outcome.failure == null) {
                succeeded(outcome.row);
            } else {
                failed(outcome.row, outcome.failure);
                failures++;
                firstFailure = firstFailure == null ? outcome.failure : firstFailure;
            }
        }
        if (firstFailure != null) {
            log.atWarn()
                    .addKeyValue("events", failures)
                    .addKeyValue("lanesHeldBack", heldBack().size())
                    .log("events not published, tried again: {}", firstFailure.toString());
        }
        return any;
    }

    /** The acknowledged rows have been recorded. */
    void recorded() {
        meters.published(acknowledged.size());
        known.removeAll(Set.copyOf(acknowledged));
        acknowledged.clear();
    }

    private void succeeded(OutboxTable.Row row) {
        acknowledged.add(row.id());
        Aggregate aggregate = Aggregate.of(row);
        heldBack.computeIfPresent(LaneKey.of(row), (_, held) -> held.behind.equals(aggregate) ? null : held);
        Deque<OutboxTable.Row> chain = chains.get(aggregate);
        if (chain == null) {
            return;
        }
        chain.poll();
        OutboxTable.Row next = chain.peek();
        if (next == null) {
            chains.remove(aggregate);
        } else if (brokersAreAway()) {
            forget(aggregate);
        } else {
            send(next);
        }
    }

    private void forget(Aggregate aggregate) {
        Deque<OutboxTable.Row> chain = chains.remove(aggregate);
        if (chain != null) {
            chain.forEach(forgotten -> known.remove(forgotten.id()));
        }
    }

    /** The whole rest of the aggregate is forgotten here and read again when its lane goes on. */
    private void failed(OutboxTable.Row row, Exception failure) {
        LaneKey lane = LaneKey.of(row);
        Aggregate aggregate = Aggregate.of(row);
        HoldBack before = heldBack.get(lane);
        Duration backoff = before == null ? FIRST_BACKOFF : min(before.backoff.multipliedBy(2), LONGEST_BACKOFF);
        heldBack.put(lane, new HoldBack(aggregate, backoff, System.nanoTime() + backoff.toNanos(), false));
        meters.failed();
        forget(aggregate);
        // Said while the waits still grow; for as long as it lasts thereafter the gauge and the health say it.
        boolean said = before != null && before.backoff.equals(LONGEST_BACKOFF);
        if (!(failure instanceof RetriableException) && !said) {
            log.atError()
                    .addKeyValue("topic", row.topic())
                    .addKeyValue("eventId", row.eventId())
                    .addKeyValue("lane", row.lane())
                    .log("publishing was refused, the lane stays held back until the brokers take the event", failure);
        }
    }

    private void send(OutboxTable.Row row) {
        long before = System.nanoTime();
        Span span = span(row);
        try {
            var _ = producer.send(entry(row, span), (_, failure) -> {
                ended(span, failure);
                answered(row, failure);
            });
        } catch (KafkaException | IllegalArgumentException | IllegalStateException e) {
            // Refused by the envelope, or by the producer on the spot: as good as refused by the brokers.
            answered(row, e);
        }
        long now = System.nanoTime();
        if (now - before > LONGEST_HAND_OVER.toNanos()) {
            awayUntilNanos = now + LONGEST_BACKOFF.toNanos() / 2;
        }
    }

    /** Null where the trace is not recorded: most are not, and then the event passes on the trace as it found it. */
    private @Nullable Span span(OutboxTable.Row row) {
        TraceContext cause = TraceContext.parse(row.traceparent()).orElse(null);
        if (cause == null || !cause.sampled()) {
            return null;
        }
        return tracer.publish(cause, row.topic())
                .attribute("messaging.message.id", row.eventId().toString())
                .attribute("eventType", row.type())
                .attribute("orderId", row.correlationId());
    }

    private static void ended(@Nullable Span span, @Nullable Exception failure) {
        if (span != null) {
            (failure == null ? span : span.failed(failure.toString())).end();
        }
    }

    private ProducerRecord<byte[], byte[]> entry(OutboxTable.Row row, @Nullable Span span) {
        Envelope envelope = new Envelope(
                row.eventId(),
                row.type(),
                source,
                row.time(),
                row.subject(),
                row.sequence(),
                row.correlationId(),
                row.causationId(),
                span == null ? row.traceparent() : span.context().traceparent());
        return new ProducerRecord<>(
                row.topic(),
                null,
                row.key().getBytes(StandardCharsets.UTF_8),
                row.payload(),
                EventHeaders.of(envelope));
    }

    private void answered(OutboxTable.Row row, @Nullable Exception failure) {
        outcomes.add(new Outcome(row, failure));
        signal.raise();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
