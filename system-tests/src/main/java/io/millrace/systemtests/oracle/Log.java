package io.millrace.systemtests.oracle;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics, as they are after everything has come to rest. */
public final class Log {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Object> configuration;

    /** The log of a cluster. */
    public Log(String bootstrapServers) {
        this.configuration = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
    }

    /**
     * A record's envelope.
     *
     * @param id of the event; empty when the record has none
     * @param sequence among the aggregate's events on the topic; 0 when the record has none
     * @param correlation the order's id, where it is about one; empty when the record has none
     * @param written when the broker got it, in milliseconds since 1970
     */
    public record Entry(
            String topic,
            String key,
            String id,
            String type,
            String subject,
            long sequence,
            String correlation,
            long written) {}

    /** Every topic there is. */
    public Set<String> topics() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(configuration)) {
            return new TreeSet<>(consumer.listTopics(PATIENCE).keySet());
        }
    }

    /**
     * Every committed record of some topics, in each partition's order.
     *
     * @throws IllegalStateException when they can't be read to their end within a minute without progress
     */
    public List<Entry> read(Collection<String> topics) {
        List<Entry> entries = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(configuration)) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic, PATIENCE).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            long progressed = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var records = consumer.poll(Duration.ofMillis(500));
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    entries.add(entry(record));
                }
                if (!records.isEmpty()) {
                    progressed = System.nanoTime();
                } else if (System.nanoTime() - progressed > PATIENCE.toNanos()) {
                    throw new IllegalStateException("a topic can't be read to its end: " + ends);
                }
            }
        }
        return entries;
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        String sequence = header(record, "ce_sequence");
        return new Entry(
                record.topic(),
                record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
                header(record, "ce_id"),
                header(record, "ce_type"),
                header(record, "ce_subject"),
                sequence.isEmpty() ? 0 : Long.parseLong(sequence),
                header(record, "ce_correlationid"),
                record.timestamp());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
