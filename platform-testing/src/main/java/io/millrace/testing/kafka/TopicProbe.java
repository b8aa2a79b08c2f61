package io.millrace.testing.kafka;

import io.millrace.testing.infra.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic, all its partitions, without a consumer group: what a test wants to see of it.
 *
 * <p>It reads only while one of its methods is called, and keeps what it has read, at most 1,000,000 records; more is an
 * error. Every wait is bounded, by 30 s unless told otherwise. Not thread-safe.
 */
public final class TopicProbe implements AutoCloseable {

    /** How long a wait lasts unless told otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_RECORDS = 1_000_000;

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    private TopicProbe(String bootstrapServers, String topic, Start start, IsolationLevel isolation) {
        this.topic = topic;
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.name().toLowerCase(Locale.ROOT));
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            this.partitions = awaitPartitions();
            consumer.assign(partitions);
            switch (start) {
                case BEGINNING -> consumer.seekToBeginning(partitions);
                case NOW -> consumer.seekToEnd(partitions);
            }
            partitions.forEach(consumer::position); // seeks are lazy: where the reading starts is settled here
        } catch (RuntimeException e) { // whatever it is: the consumer is not to be left open
            consumer.close();
            throw e;
        }
    }

    /** Where reading starts. */
    public enum Start {
        /** At the oldest record that is kept. */
        BEGINNING,
        /** After the newest record at the time of the call. */
        NOW
    }

    /** Reads a topic of the shared broker from its beginning. */
    public static TopicProbe fromBeginning(String topic) {
        return open(TestKafka.bootstrapServers(), topic, Start.BEGINNING, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Reads a topic of the shared broker from now on. */
    public static TopicProbe fromNow(String topic) {
        return open(TestKafka.bootstrapServers(), topic, Start.NOW, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Reads a topic of the shared broker from its beginning, without what open or aborted transactions wrote. */
    public static TopicProbe committedFromBeginning(String topic) {
        return open(TestKafka.bootstrapServers(), topic, Start.BEGINNING, IsolationLevel.READ_COMMITTED);
    }

    /**
     * Reads any topic of any broker.
     *
     * @throws AssertionError when the topic does not exist within 30 s
     */
    public static TopicProbe open(String bootstrapServers, String topic, Start start, IsolationLevel isolation) {
        return new TopicProbe(bootstrapServers, topic, start, isolation);
    }

    /** Everything from the start to the end of the topic at the time of the call. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (Instant.now().isAfter(deadline)) {
                throw failure("could not be read to its end", PATIENCE);
            }
            poll();
        }
        return List.copyOf(records);
    }

    /**
     * Waits until at least so many records have been read, and returns all that have been.
     *
     * @throws AssertionError when there are fewer after 30 s
     */
    public List<ConsumerRecord<byte[], byte[]>> awaitCount(int count) {
        return awaitCount(count, PATIENCE);
    }

    /** The same with another patience. */
    public List<ConsumerRecord<byte[], byte[]>> awaitCount(int count, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        while (records.size() < count) {
            if (Instant.now().isAfter(deadline)) {
                throw failure("should hold " + count + " records", patience);
            }
            poll();
        }
        return List.copyOf(records);
    }

    /**
     * Waits for a record, which may have been read before, and returns the first that matches.
     *
     * @throws AssertionError when there is none after 30 s
     */
    public ConsumerRecord<byte[], byte[]> await(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        return await(wanted, PATIENCE);
    }

    /** The same with another patience. */
    public ConsumerRecord<byte[], byte[]> await(Predicate<ConsumerRecord<byte[], byte[]>> wanted, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        int looked = 0;
        while (true) {
            for (; looked < records.size(); looked++) {
                if (wanted.test(records.get(looked))) {
                    return records.get(looked);
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw failure("holds no such record", patience);
            }
            poll();
        }
    }

    /** Reads on for a while, for tests that want to see that nothing more comes, and returns everything. */
    public List<ConsumerRecord<byte[], byte[]>> listenFor(Duration duration) {
        Instant end = Instant.now().plus(duration);
        while (Instant.now().isBefore(end)) {
            poll();
        }
        return List.copyOf(records);
    }

    /** A record's key as text; empty where it has none. */
    public static Optional<String> key(ConsumerRecord<byte[], byte[]> found) {
        return text(found.key());
    }

    /** A record's value as text; empty for a tombstone. */
    public static Optional<String> value(ConsumerRecord<byte[], byte[]> found) {
        return text(found.value());
    }

    /** The last header of a name as text; empty where there is none. */
    public static Optional<String> header(ConsumerRecord<byte[], byte[]> found, String name) {
        Header header = found.headers().lastHeader(name);
        return header == null ? Optional.empty() : text(header.value());
    }

    /** Stops reading. */
    @Override
    public void close() {
        consumer.close();
    }

    private List<TopicPartition> awaitPartitions() {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            List<TopicPartition> found = consumer.partitionsFor(topic, Duration.ofSeconds(5)).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new AssertionError("topic " + topic + " did not exist within " + PATIENCE.toSeconds() + " s");
    }

    private void poll() {
        consumer.poll(POLL).forEach(records::add);
        if (records.size() > MOST_RECORDS) {
            throw new IllegalStateException(topic + " holds more than " + MOST_RECORDS + " records");
        }
    }

    private AssertionError failure(String what, Duration patience) {
        return new AssertionError(
                "topic %s %s within %d ms; read: %d".formatted(topic, what, patience.toMillis(), records.size()));
    }

    private static Optional<String> text(byte @org.jspecify.annotations.Nullable [] bytes) {
        return bytes == null ? Optional.empty() : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
}
