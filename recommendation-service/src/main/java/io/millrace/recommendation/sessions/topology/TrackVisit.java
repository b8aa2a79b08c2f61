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
import io.millrace.streams.PoisonGuard;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
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
    private PoisonGuard guard;
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
        guard = new PoisonGuard(context, SessionTopology.DEAD_LETTERS, meters::deadLettered);
        visitors = context.getStateStore(SessionTopology.VISITORS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        guard.compute(record, () -> reader.read(record)).ifPresent(click -> track(record, click));
    }

    private void track(Record<byte[], byte[]> record, ClickReader.Read click) {
        Optional<Visitor> known = Optional.ofNullable(visitors.get(click.key()));
        guard.compute(record, () -> SessionTracker.track(known, click.visit())).ifPresent(tracked -> {
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
