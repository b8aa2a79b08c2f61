package io.millrace.recommendation.sessions.topology;

import io.millrace.events.Envelope;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.recommendation.ClickstreamEvent;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.UndecodableException;
import io.millrace.messaging.consumer.RefusedException;
import io.millrace.recommendation.sessions.Visit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads the records of {@link Topics#CLICKSTREAM_EVENTS}. */
final class ClickReader {

    /** How far a click's time may lie ahead of its record's: a wrong clock must not end every later session at once. */
    static final Duration MOST_AHEAD = Duration.ofHours(1);

    /** How far it may lie back: what the service takes in is at most a day old. */
    static final Duration OLDEST = Duration.ofHours(25);

    private final EventCodec codec;

    ClickReader(EventCodec codec) {
        this.codec = codec;
    }

    /**
     * A click that was read.
     *
     * @param key the record's key
     * @param envelope what is said about the event
     * @param visit the same, as sessions see it
     */
    record Read(String key, Envelope envelope, Visit visit) {}

    /**
     * Reads a click.
     *
     * @throws UndecodableException when the record can't be read
     * @throws RefusedException when it can be read and says what can't be
     */
    Read read(Record<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        byte @Nullable [] value = record.value();
        if (key == null) {
            throw new UndecodableException("the record has no key");
        }
        if (value == null) {
            throw new UndecodableException("the record has no value");
        }
        Envelope envelope = EventHeaders.read(record.headers());
        ClickstreamEvent event = codec.decode(Topics.CLICKSTREAM_EVENTS, envelope.type(), value);
        String visitor = new String(key, StandardCharsets.UTF_8);
        if (!event.visitorId().equals(visitor)) {
            throw new RefusedException("the record's key is not its visitor");
        }
        Instant published = Instant.ofEpochMilli(record.timestamp());
        if (event.occurredAt().isAfter(published.plus(MOST_AHEAD))) {
            throw new RefusedException("the click's time lies more than " + MOST_AHEAD + " ahead of its record's");
        }
        if (event.occurredAt().isBefore(published.minus(OLDEST))) {
            throw new RefusedException("the click's time lies more than " + OLDEST + " behind its record's");
        }
        return new Read(visitor, envelope, visit(envelope, event));
    }

    private static Visit visit(Envelope envelope, ClickstreamEvent event) {
        try {
            return new Visit(envelope.id(), event.visitorId(), event.sku(), event.occurredAt());
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the payload says what can't be: " + e.getMessage(), e);
        }
    }
}
