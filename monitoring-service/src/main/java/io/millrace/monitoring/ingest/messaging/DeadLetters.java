package io.millrace.monitoring.ingest.messaging;

import io.millrace.messaging.DeadLetterHeaders;
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

/**
 * Keeps what could not be read, with its own key, bytes and headers, and beside them the headers that platform-messaging's
 * consumers write too. A record may stand there twice when the process died between writing it and storing its position.
 */
final class DeadLetters {

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
        Headers headers = DeadLetterHeaders.of(
                record.headers(),
                new DeadLetterHeaders.Place(record.topic(), record.partition(), record.offset(), record.timestamp()),
                IngestTopics.GROUP,
                cause,
                clock.instant());
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
}
