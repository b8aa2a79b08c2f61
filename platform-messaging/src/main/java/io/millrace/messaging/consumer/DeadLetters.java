package io.millrace.messaging.consumer;

import io.millrace.events.Event;
import io.millrace.events.Topic;
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
 * Keeps what a group could not process: the record's own key, bytes and headers, and beside them where it stood and why it
 * was set aside. One dead-letter topic per group and source topic.
 *
 * <p>A record may stand there twice when the process died between writing it and committing the offset.
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

    /**
     * Writes the record and waits for the brokers' acknowledgement.
     *
     * @throws DeadLetterUnwritableException when they do not give it: the record must not be passed over
     */
    void write(String group, Topic<? extends Event> topic, ConsumerRecord<byte[], byte[]> record, Throwable cause) {
        Headers headers = DeadLetterHeaders.of(
                record.headers(),
                new DeadLetterHeaders.Place(record.topic(), record.partition(), record.offset(), record.timestamp()),
                group,
                cause,
                clock.instant());
        try {
            producer.send(new ProducerRecord<>(
                            topic.deadLetters(group), null, null, record.key(), record.value(), headers))
                    .get(deliverWithin.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new DeadLetterUnwritableException(topic.deadLetters(group), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadLetterUnwritableException(topic.deadLetters(group), e);
        }
    }
}
