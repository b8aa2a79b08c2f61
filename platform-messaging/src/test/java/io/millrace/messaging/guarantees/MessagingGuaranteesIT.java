package io.millrace.messaging.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.KafkaSettings;
import io.millrace.embedded.PostgresServer;
import io.millrace.embedded.PostgresSettings;
import io.millrace.events.Envelope;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Two instances of a service write, publish and consume while everything around them is killed in turn; then every
 * guarantee is held against what is left.
 */
class MessagingGuaranteesIT {

    private static final long FACTS = 12_000;
    private static final Duration STEP = Duration.ofSeconds(60);

    /** Kept after the test: what the processes said is what explains a failure. */
    private final Path directory = Path.of("target", "guarantees", Long.toString(System.currentTimeMillis()));

    private final EventCodec codec = new EventCodec();

    @Test
    void keepsEveryGuaranteeWhileProcessesAreKilled() {
        try (PostgresServer postgres =
                        PostgresServer.start(PostgresSettings.throwAway().withDurable(true));
                KafkaServer kafka = KafkaServer.start(KafkaSettings.throwAway())) {
            DatabaseAccess database = postgres.createDatabase("guarantees", "guarantees", "guarantees");
            JdbcTemplate jdbc = new JdbcTemplate(
                    new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
            try (CountingProcess one = start("one", database, kafka);
                    CountingProcess two = start("two", database, kafka)) {
                awaitFacts(jdbc, FACTS / 10);

                one.restart();
                awaitFacts(jdbc, FACTS * 2 / 10);
                two.restart();
                awaitFacts(jdbc, FACTS * 3 / 10);

                // Halted past its lease: the other takes over, and the first must notice when it goes on.
                CountingProcess publishing = publishing(jdbc, one, two);
                publishing.halt();
                long epoch = epoch(jdbc);
                await().atMost(STEP).until(() -> epoch(jdbc) > epoch);
                awaitFacts(jdbc, FACTS * 4 / 10);
                publishing.goOn();
                awaitFacts(jdbc, FACTS * 5 / 10);

                kafka.kill();
                awaitFacts(jdbc, FACTS * 6 / 10);
                kafka.restart();

                postgres.kill();
                postgres.restart();
                awaitFacts(jdbc, FACTS);

                await().atMost(STEP.multipliedBy(2)).until(() -> haveWritten(jdbc, one, two) && isAtRest(jdbc));
                assertThat(one.stop()).as("the first instance ends by itself").isTrue();
                assertThat(two.stop()).as("the second instance ends by itself").isTrue();
            }
            Evidence evidence = evidence(jdbc, kafka.bootstrapServers());
            Guarantee.ALL.forEach(guarantee -> guarantee.verify(evidence));
            long repetitions = evidence.records().size() - evidence.factsInAll();
            System.out.printf("%d facts, %d published again%n", evidence.factsInAll(), repetitions);
        }
    }

    private CountingProcess start(String name, DatabaseAccess database, KafkaServer kafka) {
        return CountingProcess.start(name, directory, database, kafka.bootstrapServers(), FACTS);
    }

    private static void awaitFacts(JdbcTemplate jdbc, long count) {
        await().atMost(STEP).ignoreException(DataAccessException.class).until(() -> facts(jdbc) >= count);
    }

    private static long facts(JdbcTemplate jdbc) {
        try {
            Long count = jdbc.queryForObject("select count(*) from facts", Long.class);
            return count == null ? 0 : count;
        } catch (DataAccessException e) {
            return 0; // the tables are still to be made, or the server was killed
        }
    }

    private static long epoch(JdbcTemplate jdbc) {
        Long epoch = jdbc.queryForObject("select epoch from outbox_lease", Long.class);
        return epoch == null ? 0 : epoch;
    }

    /** The instance that holds the lease. */
    private static CountingProcess publishing(JdbcTemplate jdbc, CountingProcess one, CountingProcess two) {
        String holder = jdbc.queryForObject("select holder from outbox_lease", String.class);
        return holder != null && holder.contains(" pid " + one.pid() + " ") ? one : two;
    }

    /** Whether nothing more is committed: what a sleeping writer has not committed yet, nobody sees. */
    private static boolean haveWritten(JdbcTemplate jdbc, CountingProcess one, CountingProcess two) {
        Long ended = jdbc.queryForObject(
                "select count(*) from writers_ended where pid in (?, ?)", Long.class, one.pid(), two.pid());
        return ended != null && ended == 2 * CountingService.WRITERS;
    }

    private static boolean isAtRest(JdbcTemplate jdbc) {
        Long open = jdbc.queryForObject(
                "select (select count(*) from outbox) + (select count(*) from facts) - (select count(*) from effects)",
                Long.class);
        return open != null && open == 0;
    }

    private Evidence evidence(JdbcTemplate jdbc, String brokers) {
        Map<Integer, Long> facts = new HashMap<>();
        jdbc.query("select aggregate, count(*) from facts group by aggregate", row -> {
            facts.put(row.getInt(1), row.getLong(2));
        });
        Map<Integer, Set<Long>> effects = new HashMap<>();
        jdbc.query("select aggregate, sequence from effects", row -> {
            effects.computeIfAbsent(row.getInt(1), _ -> new HashSet<>()).add(row.getLong(2));
        });
        Map<Integer, Long> totals = new HashMap<>();
        jdbc.query("select aggregate, total from progress", row -> {
            totals.put(row.getInt(1), row.getLong(2));
        });
        Long gaps = jdbc.queryForObject("select count(*) from violations", Long.class);
        Long waiting = jdbc.queryForObject("select count(*) from outbox", Long.class);
        return new Evidence(
                facts, records(brokers), effects, totals, gaps == null ? 0 : gaps, waiting == null ? 0 : waiting);
    }

    private List<Evidence.Published> records(String brokers) {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers", brokers, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        List<Evidence.Published> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, Counting.TOPIC.partitions())
                    .mapToObj(partition -> new TopicPartition(Counting.TOPIC.name(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> records.add(published(record)));
            }
        }
        return records;
    }

    private Evidence.Published published(ConsumerRecord<byte[], byte[]> record) {
        Envelope envelope = EventHeaders.read(record.headers());
        Counted event = (Counted) codec.decode(Counting.TOPIC, envelope.type(), record.value());
        return new Evidence.Published(
                envelope.id().toString(), event.aggregate(), envelope.sequence(), event.committed());
    }
}
