package io.millrace.monitoring.ingest.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Keeps what could not be read, with its own key, bytes and headers, and beside them the headers that platform-messaging's
 * consumers write too. A record may stand there twice when the process died between writing it and storing its position.
 */
final class DeadLetters {

    private static final int LONGEST_CAUSE = 4_000;

    private final Producer<byte[], byte[]> producer;
    private final Duration deliverWithin;
    private final Clock clock;

    DeadLetters(Producer<byte[], byte[]> producer, Duration deliverWithin, Clock clock) {
        this.producer = producer;
        this.deliverWithin = deliverWithin;
        this.clock = clock;
    }

    /** The dead-letter topic of a topic. */
    static String topic(String topic) {
        return IngestTopics.GROUP + "." + topic + ".dlt";
    }

    /** Writes the record and waits for the brokers' acknowledgement; false when they do not give it. */
    boolean write(ConsumerRecord<byte[], byte[]> record, Throwable cause) {
        Headers headers = new RecordHeaders(record.headers());
        add(headers, "dlt_group", IngestTopics.GROUP);
        add(headers, "dlt_topic", record.topic());
        add(headers, "dlt_partition", Integer.toString(record.partition()));
        add(headers, "dlt_offset", Long.toString(record.offset()));
        add(headers, "dlt_timestamp", Long.toString(record.timestamp()));
        add(headers, "dlt_failed_at", clock.instant().toString());
        add(headers, "dlt_exception", cause.getClass().getName());
        String text = cause.toString();
        add(headers, "dlt_cause", text.length() <= LONGEST_CAUSE ? text : text.substring(0, LONGEST_CAUSE));
        try {
            producer.send(new ProducerRecord<>(
                            topic(record.topic()), null, null, record.key(), record.value(), headers))
                    .get(deliverWithin.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
