package io.millrace.monitoring.ingest.messaging;

import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.UndecodableException;
import io.millrace.monitoring.ingest.Item;
import io.millrace.monitoring.ingest.Place;
import io.millrace.monitoring.telemetry.TelemetryDecoder;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a record of any topic that is ingested. */
final class RecordReader {

    /** What visitors say is correlated by an id that they choose: it must lead into nobody's order. */
    private static final Set<String> VISITORS =
            Set.of(Topics.CLICKSTREAM_EVENTS.name(), Topics.RECOMMENDATION_SESSIONS.name());

    private final EventReader events = new EventReader();

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
        return VISITORS.contains(topic) ? event.aboutNoOrder() : event;
    }

    private static Instant time(ConsumerRecord<byte[], byte[]> record) {
        return Instant.ofEpochMilli(Math.max(0, record.timestamp()));
    }
}
