package io.millrace.testing.kafka;

import io.millrace.testing.infra.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes arbitrary bytes and headers, poison included. Every send waits for all replicas, 30 s at most. Records of up to
 * 32 MB; the topic's own limit may be lower. Thread-safe.
 */
public final class RawProducer implements AutoCloseable {

    private static final int LARGEST = 32 * 1024 * 1024;
    private static final long SECONDS = 30;

    private final KafkaProducer<byte[], byte[]> producer;

    private RawProducer(String bootstrapServers) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * LARGEST);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TimeUnit.SECONDS.toMillis(SECONDS));
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes to the shared broker. */
    public static RawProducer shared() {
        return to(TestKafka.bootstrapServers());
    }

    /** Writes to any broker. */
    public static RawProducer to(String bootstrapServers) {
        return new RawProducer(bootstrapServers);
    }

    /**
     * Writes a record of text; the key decides its partition.
     *
     * @param key null for none
     * @param value null for a tombstone
     */
    public RecordMetadata send(
            String topic, @Nullable String key, @Nullable String value, Map<String, String> headers) {
        return send(topic, null, bytes(key), bytes(value), headers);
    }

    /**
     * Writes a record of bytes.
     *
     * @param partition null for the one the key decides
     * @param key null for none
     * @param value null for a tombstone
     * @throws IllegalStateException when the broker refuses it or does not answer within 30 s
     */
    public RecordMetadata send(
            String topic,
            @Nullable Integer partition,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> written = new ProducerRecord<>(topic, partition, key, value);
        headers.forEach((name, text) -> written.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            return producer.send(written).get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("can't write to " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing to " + topic, e);
        }
    }

    /** Closes the connection. */
    @Override
    public void close() {
        producer.close();
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
