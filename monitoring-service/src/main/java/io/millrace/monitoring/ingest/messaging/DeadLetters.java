package io.millrace.monitoring.ingest.messaging;

import io.millrace.messaging.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what could not be read, with its own key, bytes (as many as a dead-letter topic takes) and headers, and beside them
 * the headers that platform-messaging's consumers write too. A record may stand there twice when the process died between
 * writing it and storing its position.
 */
final class DeadLetters {

    /** What is left for the headers that are added, and for what the format itself takes. */
    private static final int OVERHEAD = 64 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final Duration deliverWithin;
    private final int maxBytes;
    private final Clock clock;

    DeadLetters(Producer<byte[], byte[]> producer, Duration deliverWithin, int maxBytes, Clock clock) {
        this.producer = producer;
        this.deliverWithin = deliverWithin;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /** The dead-letter topic of a topic. */
    static String topic(String topic) {
        return IngestTopics.GROUP + "." + topic + ".dlt";
    }

    /** Writes the record and waits for the brokers' acknowledgement; false when they do not give it. */
    boolean write(ConsumerRecord<byte[], byte[]> record, Throwable cause) {
        Headers headers = DeadLetterHeaders.of(
                record.headers(),
                new DeadLetterHeaders.Place(record.topic(), record.partition(), record.offset(), record.timestamp()),
                IngestTopics.GROUP,
                cause,
                clock.instant());
        byte[] value = fitting(record);
        if (value != null && value.length < record.value().length) {
            headers.add("dlt_cut_from", Integer.toString(record.value().length).getBytes(StandardCharsets.UTF_8));
        }
        try {
            producer.send(new ProducerRecord<>(topic(record.topic()), null, null, record.key(), value, headers))
                    .get(deliverWithin.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The value, or as much of its beginning as the topic takes: a record that fits nowhere would hold up its partition. */
    private byte @Nullable [] fitting(ConsumerRecord<byte[], byte[]> record) {
        long room = (long) maxBytes - OVERHEAD - Math.max(0, record.serializedKeySize());
        for (Header header : record.headers()) {
            room -= header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        byte[] value = record.value();
        return value == null || value.length <= room ? value : Arrays.copyOf(value, (int) Math.max(0, room));
    }
}
