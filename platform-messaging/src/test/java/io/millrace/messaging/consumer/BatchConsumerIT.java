package io.millrace.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.embedded.DatabaseAccess;
import io.millrace.events.Envelope;
import io.millrace.events.Topic;
import io.millrace.messaging.Causes;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.EventIds;
import io.millrace.messaging.Message;
import io.millrace.messaging.Sample;
import io.millrace.messaging.topics.TopicProvisioner;
import io.millrace.messaging.topics.TopicSpec;
import io.millrace.telemetry.trace.Tracer;
import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.TestKafka;
import io.millrace.testing.infra.TestPostgres;
import io.millrace.testing.kafka.RawProducer;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of records that can't be processed, on a real broker and database; each test with a topic of its own. */
class BatchConsumerIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int POISONED_PARTITION = 0;

    private final Topic<Sample> topic = Sample.topic(UniqueNames.topic("noted"));
    private final String group = UniqueNames.group("test.consumer");
    private final EventCodec codec = new EventCodec();
    private final RawProducer records = RawProducer.shared();
    private final Producer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(
                    "bootstrap.servers",
                    TestKafka.bootstrapServers(),
                    "max.block.ms",
                    2_000,
                    "max.request.size",
                    4_194_304),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private final ConsumerProperties properties = new ConsumerProperties(
            100,
            Duration.ofMillis(10),
            Duration.ofSeconds(10),
            3,
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            3_145_728);
    private final HikariDataSource database = connect();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private @Nullable Subscriptions subscriptions;

    @BeforeEach
    void createTable() {
        jdbc.execute("create table noted (number integer primary key)");
    }

    @AfterEach
    void close() {
        if (subscriptions != null) {
            subscriptions.stop();
        }
        records.close();
        producer.close();
        database.close();
    }

    @Test
    void appliesEachPollInOneTransaction() {
        Set<Long> transactions = ConcurrentHashMap.newKeySet();
        consume(messages -> {
            note(messages);
            Long id = jdbc.queryForObject("select pg_current_xact_id()::text::bigint", Long.class);
            transactions.add(id == null ? 0 : id);
        });
        for (int number = 1; number <= 300; number++) {
            send(number % 6, number);
        }
        awaitNoted(300);
        assertThat(transactions).hasSizeLessThan(300);
    }

    @Test
    void letsWhatFollowsJoinTheTraceOfItsCause() {
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
        Set<String> seen = ConcurrentHashMap.newKeySet();
        consume(messages -> {
            messages.forEach(message -> seen.add(
                    String.valueOf(Causes.traceparent(message.envelope().id()))));
            note(messages);
        });
        Map<String, String> traced = new HashMap<>(headers("test.noted"));
        traced.put("traceparent", traceparent);
        records.send(topic.name(), 1, bytes("traced"), payload(1), traced);
        send(2, 2);
        awaitNoted(2);
        assertThat(seen).containsExactlyInAnyOrder(traceparent, "null");
    }

    @Test
    void setsPoisonAsideWithItsOwnBytesWhileTheRestFlows() {
        consume(this::note);
        byte[] broken = "{\"key\":".getBytes(StandardCharsets.UTF_8);
        send(POISONED_PARTITION, 1);
        records.send(topic.name(), POISONED_PARTITION, bytes("a"), broken, headers("test.noted"));
        records.send(topic.name(), POISONED_PARTITION, bytes("b"), payload(100), headers("test.unheard-of"));
        records.send(topic.name(), POISONED_PARTITION, null, payload(101), headers("test.noted"));
        records.send(topic.name(), POISONED_PARTITION, bytes("d"), null, headers("test.noted"));
        records.send(topic.name(), POISONED_PARTITION, bytes("e"), payload(102), Map.of());
        records.send(topic.name(), POISONED_PARTITION, bytes("f"), bytes("null"), headers("test.noted"));
        for (int number = 2; number <= 13; number++) {
            send(number % 6, number);
        }
        awaitNoted(13);
        try (TopicProbe probe = deadLetters()) {
            List<ConsumerRecord<byte[], byte[]>> letters = probe.awaitCount(6);
            assertThat(letters.getFirst().value()).isEqualTo(broken);
            assertThat(TopicProbe.header(letters.getFirst(), "ce_type")).contains("test.noted");
            assertThat(TopicProbe.header(letters.getFirst(), "dlt_topic")).contains(topic.name());
            assertThat(TopicProbe.header(letters.getFirst(), "dlt_offset")).contains("1");
            assertThat(letters)
                    .extracting(letter -> TopicProbe.header(letter, "dlt_cause").orElse(""))
                    .satisfiesExactly(
                            cause -> assertThat(cause).contains("the payload is not a test.noted"),
                            cause -> assertThat(cause).contains("carries no type 'test.unheard-of'"),
                            cause -> assertThat(cause).contains("no key"),
                            cause -> assertThat(cause).contains("no value"),
                            cause -> assertThat(cause).contains("header ce_sequence is missing"),
                            cause -> assertThat(cause).contains("literal null"));
        }
    }

    @Test
    void setsAsideARecordOnWhichTheHandlerThrowsAnErrorAndGoesOn() {
        consume(messages -> {
            if (numbers(messages).contains(13)) {
                throw new AssertionError("thirteen");
            }
            note(messages);
        });
        for (int number = 1; number <= 30; number++) {
            send(number % 6, number);
        }
        awaitNoted(29);
        assertThat(causesOfDeadLetters(1)).allMatch(cause -> cause.contains("thirteen"));
    }

    @Test
    void triesARecordAFewTimesAndThenSetsItAside() {
        AtomicInteger attempts = new AtomicInteger();
        consume(messages -> {
            if (numbers(messages).contains(7)) {
                if (messages.size() == 1) {
                    attempts.incrementAndGet();
                }
                throw new IllegalStateException("seven");
            }
            note(messages);
        });
        for (int number = 1; number <= 30; number++) {
            send(number % 6, number);
        }
        awaitNoted(29);
        assertThat(causesOfDeadLetters(1)).allMatch(cause -> cause.contains("seven"));
        assertThat(attempts).hasValue(3);
    }

    @Test
    void keepsTheOrderOfAPartitionThatWaitsForARetry() {
        AtomicInteger failures = new AtomicInteger();
        List<Integer> applied = new CopyOnWriteArrayList<>();
        consume(messages -> {
            if (numbers(messages).contains(3) && failures.incrementAndGet() <= 4) {
                throw new IllegalStateException("not yet");
            }
            note(messages);
            applied.addAll(numbers(messages));
        });
        for (int number = 1; number <= 20; number++) {
            send(POISONED_PARTITION, number);
        }
        awaitNoted(20);
        assertThat(applied).isSorted();
    }

    @Test
    void setsNothingAsideWhileTheDatabaseIsAway() {
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger refused = new AtomicInteger();
        consume(messages -> {
            if (away.get()) {
                refused.incrementAndGet();
                throw new DependencyAwayException("the database", new IllegalStateException());
            }
            note(messages);
        });
        for (int number = 1; number <= 30; number++) {
            send(number % 6, number);
        }
        // More often than any single record is tried.
        await().atMost(SOON).until(() -> refused.get() > 10 * properties.attempts());
        away.set(false);
        awaitNoted(30);
        try (TopicProbe probe = deadLetters()) {
            assertThat(probe.records()).isEmpty();
        }
    }

    @Test
    void setsPoisonAsideOnceHoweverOftenItIsReadAgain() {
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger refused = new AtomicInteger();
        provision();
        send(POISONED_PARTITION, 1);
        records.send(topic.name(), POISONED_PARTITION, bytes("a"), bytes("poison"), headers("test.noted"));
        send(POISONED_PARTITION, 2);
        consume(messages -> {
            if (away.get()) {
                refused.incrementAndGet();
                throw new DependencyAwayException("the database", new IllegalStateException());
            }
            note(messages);
        });
        await().atMost(SOON).until(() -> refused.get() > 5);
        away.set(false);
        awaitNoted(2);
        try (TopicProbe probe = deadLetters()) {
            probe.awaitCount(1);
            assertThat(probe.records()).hasSize(1);
        }
    }

    @Test
    void holdsBackOnlyThePartitionWhoseDeadLettersCannotBeWritten() throws Exception {
        consume(this::note);
        send(POISONED_PARTITION, 1);
        awaitNoted(1);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic.deadLetters(group))).all().get();
            records.send(topic.name(), POISONED_PARTITION, bytes("a"), bytes("poison"), headers("test.noted"));
            send(POISONED_PARTITION, 2);
            for (int number = 3; number <= 12; number++) {
                send(1 + number % 5, number);
            }
            awaitNoted(11);
            assertThat(noted()).doesNotContain(2);
            assertThat(state().stopped()).hasSize(1);

            provision();
            awaitNoted(12);
        }
        assertThat(causesOfDeadLetters(1)).allMatch(cause -> cause.contains("the payload is not a test.noted"));
    }

    /** What ends a transaction takes an offset, and no record stands for it. */
    @Test
    void isBehindByNothingOnceItHasReadWhatTransactionsWrote() throws Exception {
        consume(this::note);
        try (Producer<byte[], byte[]> transactional = new KafkaProducer<>(
                        Map.of("bootstrap.servers", TestKafka.bootstrapServers(), "transactional.id", group),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            TopicPartition partition = new TopicPartition(topic.name(), 1);
            transactional.initTransactions();
            transactional.beginTransaction();
            for (int number = 1; number <= 3; number++) {
                var _ = transactional.send(new ProducerRecord<>(
                        topic.name(), 1, bytes("key"), payload(number), EventHeaders.of(envelope("test.noted"))));
            }
            transactional.commitTransaction();
            awaitNoted(3);
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            assertThat(end).isEqualTo(4);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(admin.listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata()
                                    .get())
                            .hasEntrySatisfying(
                                    partition,
                                    committed -> assertThat(committed.offset()).isEqualTo(end)));
        }
        await().atMost(SOON)
                .until(() -> meters.get("millrace.consumer.records.lag").gauge().value() == 0);
    }

    private void consume(BatchHandler handler) {
        TopicProvisioner provisioner = provision();
        Map<String, Object> configuration = new HashMap<>(
                ConsumerAutoConfiguration.consumerConfiguration(List.of(TestKafka.bootstrapServers()), properties));
        Subscriptions started = new Subscriptions(
                List.of(new BatchSubscription(group, List.of(topic), handler)),
                new DefaultKafkaConsumerFactory<>(configuration),
                codec,
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                new DeadLetters(producer, Duration.ofSeconds(2), Clock.systemUTC()),
                properties,
                meters,
                provisioner.ready(),
                Clock.systemUTC(),
                Tracer.off());
        subscriptions = started;
        started.start();
    }

    private TopicProvisioner provision() {
        TopicProvisioner provisioner = new TopicProvisioner(
                List.of(TestKafka.bootstrapServers()),
                List.of(TopicSpec.of(topic, -1), TopicSpec.deadLetters(topic, group, 3_145_728)),
                1);
        provisioner.start();
        await().atMost(SOON).until(() -> provisioner.ready().isDone());
        return provisioner;
    }

    private Subscriptions.State state() {
        Subscriptions present = subscriptions;
        Subscriptions.State state = present == null ? null : present.states().get(group);
        if (state == null) {
            throw new IllegalStateException("no such group");
        }
        return state;
    }

    private void note(List<Message<?>> messages) {
        for (int number : numbers(messages)) {
            jdbc.update("insert into noted values (?) on conflict do nothing", number);
        }
    }

    private static List<Integer> numbers(List<Message<?>> messages) {
        return messages.stream()
                .map(message -> ((Sample.Noted) message.event()).number())
                .toList();
    }

    private List<Integer> noted() {
        return jdbc.query("select number from noted", (row, _) -> row.getInt(1));
    }

    private void awaitNoted(int count) {
        await().atMost(SOON).until(this::noted, numbers -> numbers.size() == count);
    }

    private TopicProbe deadLetters() {
        return TopicProbe.fromBeginning(topic.deadLetters(group));
    }

    private List<String> causesOfDeadLetters(int count) {
        try (TopicProbe probe = deadLetters()) {
            List<String> causes = probe.awaitCount(count).stream()
                    .map(letter -> TopicProbe.header(letter, "dlt_cause").orElse(""))
                    .toList();
            assertThat(causes).hasSize(count);
            return causes;
        }
    }

    private void send(int partition, int number) {
        records.send(topic.name(), partition, bytes("key-" + partition), payload(number), headers("test.noted"));
    }

    private byte[] payload(int number) {
        return codec.encode(new Sample.Noted("key", number));
    }

    private static Envelope envelope(String type) {
        return new Envelope(EventIds.next(), type, "test", Instant.now(), "subject", 1, "correlation", null, null);
    }

    private static Map<String, String> headers(String type) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : EventHeaders.of(envelope(type))) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static HikariDataSource connect() {
        DatabaseAccess access = TestPostgres.freshDatabase("consumer");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(access.jdbcUrl());
        config.setUsername(access.username());
        config.setPassword(access.password());
        config.setMaximumPoolSize(3);
        return new HikariDataSource(config);
    }
}
