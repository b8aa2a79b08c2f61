package io.millrace.systemtests.checks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Delivers every record of the order path twice: copies each one, byte for byte, to the end of its partition. */
final class Redelivery implements AutoCloseable {

    private static final List<String> TOPICS =
            List.of("order.events.v1", "transaction.events.v1", "inventory.reservations.v1", "fraud.decisions.v1");
    private static final String MARK = "check_copy";

    private final String bootstrapServers;
    private final AtomicLong copies = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("redelivery").unstarted(this::run);
    private volatile boolean stopped;

    private Redelivery(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    static Redelivery of(String bootstrapServers) {
        return new Redelivery(bootstrapServers);
    }

    /** Begins with what is written from now on. */
    void start() {
        thread.start();
    }

    /** How many records were delivered once more. */
    long copies() {
        return copies.get();
    }

    /** Ends it, and waits for that. */
    void stop() {
        stopped = true;
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Map<String, Object> reading = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
        Map<String, Object> writing = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(reading);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(writing)) {
            List<TopicPartition> partitions = TOPICS.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.headers().lastHeader(MARK) == null) {
                        var headers = new RecordHeaders(record.headers());
                        headers.add(MARK, new byte[0]);
                        var _ = producer.send(new ProducerRecord<>(
                                record.topic(), record.partition(), null, record.key(), record.value(), headers));
                        copies.incrementAndGet();
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
