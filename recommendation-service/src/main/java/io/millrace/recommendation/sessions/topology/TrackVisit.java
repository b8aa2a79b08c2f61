package io.millrace.recommendation.sessions.topology;

import io.millrace.events.Envelope;
import io.millrace.events.Topic;
import io.millrace.events.recommendation.SessionItemVisited;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.EventIds;
import io.millrace.recommendation.sessions.SessionTracker;
import io.millrace.recommendation.sessions.Tracked;
import io.millrace.recommendation.sessions.Visitor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Puts one click into its visitor's session, and tells when the session came to another product, all within the Streams
 * transaction that also commits the offset.
 *
 * <p>A click seen before changes nothing. What can't be read or makes the computation fail goes to the dead letters; the next
 * record is not held up.
 */
final class TrackVisit implements Processor<byte[], byte[], byte[], byte[]> {

    private static final String SOURCE = "recommendation-service";
    private static final String VISITED = Topic.typeOf(SessionItemVisited.class);

    private final ClickReader reader;
    private final EventCodec codec;
    private final SessionMeters meters;

    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<String, Visitor> visitors;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    TrackVisit(EventCodec codec, SessionMeters meters) {
        this.reader = new ClickReader(codec);
        this.codec = codec;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        visitors = context.getStateStore(SessionTopology.VISITORS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        pure(record, () -> reader.read(record)).ifPresent(click -> track(record, click));
    }

    private void track(Record<byte[], byte[]> record, ClickReader.Read click) {
        Optional<Visitor> known = Optional.ofNullable(visitors.get(click.key()));
        pure(record, () -> SessionTracker.track(known, click.visit())).ifPresent(tracked -> {
            switch (tracked) {
                case Tracked.Arrived arrived -> {
                    visitors.put(click.key(), arrived.visitor());
                    context.forward(visited(record, click, arrived), SessionTopology.SESSIONS);
                    meters.arrived();
                }
                case Tracked.Again(Visitor visitor) -> {
                    visitors.put(click.key(), visitor);
                    meters.again();
                }
                case Tracked.Late(Visitor visitor) -> {
                    visitors.put(click.key(), visitor);
                    meters.late();
                }
                case Tracked.Excessive(Visitor visitor) -> {
                    visitors.put(click.key(), visitor);
                    meters.excessive();
                }
                case Tracked.Duplicate() -> meters.duplicated();
            }
        });
    }

    /**
     * Runs a computation that depends on the record and on state only: whatever it throws at this record, an Error
     * included, it throws again at every redelivery. So the record is set aside, and the answer is empty. Stores and
     * forwarding stay outside: their failures are the stream's.
     */
    private <T> Optional<T> pure(Record<byte[], byte[]> record, Supplier<T> computation) {
        try {
            return Optional.of(computation.get());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            RecordMetadata from = context.recordMetadata().orElseThrow();
            context.forward(
                    DeadLetter.of(record, from, context.applicationId(), failure, context.currentSystemTimeMs()),
                    SessionTopology.DEAD_LETTERS);
            meters.deadLettered();
            return Optional.empty();
        }
    }

    private Record<byte[], byte[]> visited(
            Record<byte[], byte[]> record, ClickReader.Read click, Tracked.Arrived arrived) {
        SessionItemVisited event = new SessionItemVisited(
                arrived.sessionId(),
                click.visit().sku(),
                arrived.earlier(),
                click.visit().at());
        Envelope envelope = new Envelope(
                EventIds.derived(click.envelope().id(), VISITED),
                VISITED,
                SOURCE,
                click.envelope().time(),
                arrived.sessionId(),
                arrived.visitor().visits(),
                arrived.sessionId(),
                click.envelope().id(),
                click.envelope().traceparent());
        return record.withKey(arrived.sessionId().getBytes(StandardCharsets.UTF_8))
                .withValue(codec.encode(event))
                .withHeaders(EventHeaders.of(envelope));
    }
}
