package io.millrace.monitoring.ingest.messaging;

import io.millrace.events.Topic;
import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.UndecodableException;
import io.millrace.monitoring.ingest.Item;
import io.millrace.monitoring.ingest.Place;
import io.millrace.monitoring.telemetry.TelemetryDecoder;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a record of any topic that is ingested. */
final class RecordReader {

    private static final String UNKNOWN = "unknown";

    /**
     * What anybody can cause without an account, at any rate: it is counted and not stored. It is correlated by an id that the
     * visitor chooses, which must lead into nobody's order.
     */
    private static final Map<String, Set<String>> VISITS = Stream.<Topic<?>>of(
                    Topics.CLICKSTREAM_EVENTS, Topics.RECOMMENDATION_SESSIONS)
            .collect(Collectors.toUnmodifiableMap(
                    Topic::name, topic -> topic.types().keySet()));

    private final EventReader events = new EventReader();
    private final long maxBytes;

    /**
     * Reads records.
     *
     * @param maxBytes largest value that is read
     */
    RecordReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The record, read; one without a value holds nothing.
     *
     * @throws UndecodableException when it can't be read, whatever is wrong with it
     */
    Item read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Item(
                    new Place(record.topic(), record.partition()), record.offset(), time(record), content(record));
        } catch (UndecodableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // whatever a reader stumbles over lies in the record's bytes, and comes again with them
            throw new UndecodableException("reading failed: " + e, e);
        }
    }

    private Item.Content content(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return new Item.Nothing();
        }
        if (value.length > maxBytes) {
            throw new UndecodableException("the value has " + value.length + " bytes, more than " + maxBytes);
        }
        Instant at = time(record);
        String topic = record.topic();
        if (topic.equals(TelemetryTopics.LOGS.name())) {
            return new Item.OfSignals(TelemetryDecoder.logs(value, at));
        }
        if (topic.equals(TelemetryTopics.METRICS.name())) {
            return new Item.OfSignals(TelemetryDecoder.metrics(value, at));
        }
        if (topic.equals(TelemetryTopics.SPANS.name())) {
            return new Item.OfSignals(TelemetryDecoder.spans(value, at));
        }
        Item.OfEvent event = events.read(record.key(), record.headers(), value, at);
        Set<String> visits = VISITS.get(topic);
        if (visits == null) {
            return event;
        }
        String type = event.event().type();
        return new Item.OfVisit(visits.contains(type) ? type : UNKNOWN);
    }

    private static Instant time(ConsumerRecord<byte[], byte[]> record) {
        return Instant.ofEpochMilli(Math.max(0, record.timestamp()));
    }
}
