package io.millrace.monitoring.ingest.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.monitoring.FreshStore;
import io.millrace.monitoring.ingest.IngestMeters;
import io.millrace.monitoring.ingest.IngestProperties;
import io.millrace.monitoring.ingest.IngestWriter;
import io.millrace.monitoring.ingest.IngestionParts;
import io.millrace.monitoring.ingest.Place;
import io.millrace.monitoring.store.StoreProperties;
import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.TestKafka;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** A poll becomes as many transactions as its size takes, and nothing of it stops the rest. */
class PollStoreIT {

    private static final int KB = 1024;
    private static final int DEAD_LETTER = 200 * KB;

    private final String topic = UniqueNames.topic("polled");
    private final TopicPartition partition = new TopicPartition(topic, 0);
    private final FreshStore store = IngestionParts.on(
            Clock.systemUTC(),
            new StoreProperties(Duration.ofDays(30), Duration.ofDays(7), DataSize.ofGigabytes(1), 25));
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private final PollStore polls = new PollStore(
            store.get(IngestWriter.class),
            new DeadLetters(producer, Duration.ofSeconds(10), DEAD_LETTER, Clock.systemUTC()),
            store.get(IngestMeters.class),
            new IngestProperties(
                    1_000,
                    100,
                    DataSize.ofMegabytes(1),
                    DataSize.ofMegabytes(1),
                    DataSize.ofKilobytes(64),
                    DataSize.ofKilobytes(128),
                    DataSize.ofKilobytes(1),
                    Duration.ZERO,
                    Duration.ofSeconds(1)));

    @BeforeEach
    void open() {
        TestKafka.createTopic(DeadLetters.topic(topic), 1);
        store.get(IngestWriter.class).open(Map.of(new Place(topic, 0), UUID.randomUUID()));
    }

    @AfterEach
    void close() {
        store.close();
        producer.close();
    }

    @Test
    void storesALargePollInSeveralTransactions() {
        PollStore.Outcome outcome = polls.store(records(0, 40, 10 * KB));

        assertThat(outcome).isEqualTo(new PollStore.Outcome(Map.of(), Map.of(), Set.of(), false));
        assertThat(store.count("event")).isEqualTo(40);
        // seven records of 10 KB pass 64 KB
        assertThat(store.get(MeterRegistry.class)
                        .get("millrace.monitoring.polls.stored")
                        .timer()
                        .count())
                .isEqualTo(6);
    }

    @Test
    void leavesWhatIsToComeLater() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(records(0, 3, 10));
        PollBudget budget = new PollBudget(1);
        budget.begin();
        for (int i = 3; i < 6; i++) {
            records.add(record(i, budget.deserialize(topic, new byte[] {'1'})));
        }

        PollStore.Outcome outcome = polls.store(records);

        assertThat(outcome.later()).isEqualTo(Map.of(partition, 4L));
        assertThat(outcome.again()).isEmpty();
        assertThat(store.count("event")).isEqualTo(4);
    }

    @Test
    void setsAsideWhatIsTooLargeAsFarAsADeadLetterGoes() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(records(0, 1, 10));
        records.add(record(1, json(150 * KB)));
        records.add(record(2, json(300 * KB)));
        records.addAll(records(3, 1, 10));

        PollStore.Outcome outcome = polls.store(records);

        assertThat(outcome.again()).isEmpty();
        assertThat(store.count("event")).isEqualTo(2);
        try (TopicProbe letters = TopicProbe.fromBeginning(DeadLetters.topic(topic))) {
            var all = letters.awaitCount(2);
            assertThat(TopicProbe.header(all.get(0), "dlt_cut_from"))
                    .isEqualTo(Optional.of(Integer.toString(150 * KB)));
            assertThat(TopicProbe.header(all.get(1), "dlt_cut_from"))
                    .isEqualTo(Optional.of(Integer.toString(300 * KB)));
            assertThat(all.get(1).value()).hasSizeBetween(100 * KB, DEAD_LETTER);
        }
    }

    @Test
    void repeatsAPollWhosePartitionOfTheDayIsGone() {
        polls.store(records(0, 1, 10));
        store.jdbc()
                .queryForList(
                        "select inhrelid::regclass::text from pg_inherits where inhparent = 'event'::regclass",
                        String.class)
                .forEach(each -> store.jdbc().execute("drop table " + each));

        PollStore.Outcome outcome = polls.store(records(1, 3, 10));

        assertThat(outcome.databaseAway()).isTrue();
        assertThat(outcome.again()).isEqualTo(Map.of(partition, 1L));
        assertThat(polls.store(records(1, 3, 10)).again()).isEmpty();
        assertThat(store.count("event")).isEqualTo(3);
    }

    private List<ConsumerRecord<byte[], byte[]>> records(int from, int count, int size) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> record(i, json(size)))
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                System.currentTimeMillis(),
                TimestampType.CREATE_TIME,
                -1,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static byte[] json(int size) {
        return ("\"" + "x".repeat(size - 2) + "\"").getBytes(StandardCharsets.UTF_8);
    }
}
