package io.millrace.messaging.outbox;

import static io.millrace.messaging.outbox.RelayInstance.PROPERTIES;
import static io.millrace.messaging.outbox.RelayInstance.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.events.Topic;
import io.millrace.messaging.Causes;
import io.millrace.messaging.Sample;
import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.TestKafka;
import io.millrace.testing.infra.TestPostgres;
import io.millrace.testing.kafka.TopicProbe;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the outbox promises, on a real broker and database; each test with a topic and a database of its own. */
class OutboxIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LARGEST_OF_TOPIC = 20_000;
    private static final int ANY_SIZE = 4_194_304;

    private final Topic<Sample> topic = Sample.topic(UniqueNames.topic("outbox"));
    private final DatabaseAccess database = TestPostgres.freshDatabase("outbox");
    private final JdbcTemplate jdbc =
            new JdbcTemplate(new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
    private final List<RelayInstance> instances = new ArrayList<>();

    @BeforeEach
    void createTablesAndTopic() {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/messaging")
                .load()
                .migrate();
        TestKafka.createTopic(
                topic.name(), topic.partitions(), Map.of("max.message.bytes", Integer.toString(LARGEST_OF_TOPIC)));
    }

    @AfterEach
    void close() {
        instances.forEach(RelayInstance::close);
    }

    @Test
    void publishesNothingOfATransactionThatRolledBack() {
        RelayInstance one = started("one");
        one.transaction.executeWithoutResult(status -> {
            one.outbox.append(List.of(event(topic, "undone", 1)));
            status.setRollbackOnly();
        });
        one.commit(event(topic, "done", 1));
        awaitEmpty();
        try (TopicProbe probe = probe()) {
            probe.awaitCount(1);
            assertThat(history(probe.records())).containsOnlyKeys("done");
        }
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void carriesTheTraceOfItsOrderUnlessItsCauseHasAnother() {
        RelayInstance one = started("one");
        UUID cause = UUID.randomUUID();
        String order = UUID.randomUUID().toString();
        String otherOrder = UUID.randomUUID().toString();
        one.commit(event(topic, order, 1), event(topic, "no-order", 1));
        Causes.during(
                Map.of(cause, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"),
                () -> one.commit(new Outgoing<>(
                        topic, otherOrder, otherOrder, 1, new Sample.Noted("", 1), Instant.now(), otherOrder, cause)));
        one.commit(event(topic, otherOrder, 2));
        try (TopicProbe probe = probe()) {
            Map<String, List<String>> traces = probe.awaitCount(4).stream()
                    .collect(Collectors.groupingBy(
                            found -> TopicProbe.key(found).orElse(""),
                            Collectors.mapping(
                                    found -> TopicProbe.header(found, "traceparent")
                                            .map(header -> header.substring(3, 35))
                                            .orElse("none"),
                                    Collectors.toList())));
            assertThat(traces)
                    .containsEntry(order, List.of(order.replace("-", "")))
                    .containsEntry("no-order", List.of("none"))
                    .containsEntry(
                            otherOrder,
                            List.of("4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4736"));
        }
    }

    @Test
    void takesEventsOnlyWithinATransaction() {
        RelayInstance one = instance("one", new FaultyProducer(ANY_SIZE), PROPERTIES);
        assertThatThrownBy(() -> one.outbox.append(List.of(event(topic, "a", 1))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(waiting()).isZero();
    }

    @Test
    void publishesWhatCommitsLateBehindNewerRows() {
        RelayInstance one = started("one");
        CountDownLatch mayCommit = new CountDownLatch(1);
        CountDownLatch appended = new CountDownLatch(1);
        CompletableFuture<Void> sleeping = CompletableFuture.runAsync(() -> one.transaction.executeWithoutResult(_ -> {
            one.outbox.append(List.of(event(topic, "late", 1), event(topic, "late", 2)));
            appended.countDown();
            awaitLatch(mayCommit);
        }));
        awaitLatch(appended);
        one.commitEach(LongStream.rangeClosed(1, 50).mapToObj(sequence -> event(topic, "early", sequence)));
        try (TopicProbe probe = probe()) {
            assertThat(history(probe.awaitCount(50))).containsOnlyKeys("early");
            mayCommit.countDown();
            sleeping.join();
            one.commit(event(topic, "late", 3));
            Map<String, List<Long>> history = history(probe.awaitCount(53));
            assertThat(history.get("late")).containsExactly(1L, 2L, 3L);
            assertThat(history.get("early")).isEqualTo(upTo(50));
        }
    }

    @Test
    void holdsBackOnlyTheLaneOfAnEventTheBrokersRefuse() throws Exception {
        RelayInstance one = started("one");
        String refused = "refused";
        List<String> others = IntStream.range(0, 200)
                .mapToObj(i -> "other-" + i)
                .filter(key -> Lane.of(key) != Lane.of(refused))
                .toList();
        one.commit(event(topic, refused, 1));
        one.commit(event(topic, refused, 2, ballast(2 * LARGEST_OF_TOPIC)));
        one.commit(event(topic, refused, 3));
        for (String other : others) {
            one.commit(event(topic, other, 1), event(topic, other, 2));
        }
        try (TopicProbe probe = probe()) {
            int flowing = 1 + 2 * others.size();
            Map<String, List<Long>> before = history(probe.awaitCount(flowing));
            assertThat(before).hasSize(1 + others.size());
            assertThat(before.get(refused)).containsExactly(1L);

            // Nothing is passed over in silence: it waits, and whoever looks is told.
            await().atMost(SOON).until(() -> waiting() == 2);
            await().atMost(SOON).until(() -> one.meter("millrace.outbox.events.waiting") == 2);
            await().atMost(SOON).until(() -> one.meter("millrace.outbox.oldest.age") > 1);
            assertThat(one.meter("millrace.outbox.lanes.failing")).isEqualTo(1);
            assertThat(one.meter("millrace.outbox.sends.failed")).isPositive();
            assertThat(one.health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(one.health.health().getDetails())
                    .containsEntry("failing", List.of(topic.name() + "/" + Lane.of(refused)));

            raiseTopicsLimit();
            Map<String, List<Long>> after = history(probe.awaitCount(flowing + 2));
            assertThat(after.get(refused)).containsExactly(1L, 2L, 3L);
            awaitEmpty();
        }
        await().atMost(SOON).until(() -> one.health.health().getStatus().equals(Status.UP));
        assertThat(one.meter("millrace.outbox.lanes.failing")).isZero();
    }

    @Test
    void keepsWhatTheProducerRefusesForAnInstanceThatTakesIt() {
        RelayInstance one = started("one", new FaultyProducer(5_000));
        one.commit(event(topic, "large", 1), event(topic, "large", 2, ballast(6_000)), event(topic, "large", 3));
        await().atMost(SOON).until(() -> one.meter("millrace.outbox.lanes.failing") == 1);
        one.relay.stop();
        started("two", new FaultyProducer(ANY_SIZE));
        awaitEmpty();
        try (TopicProbe probe = probe()) {
            assertThat(history(probe.awaitCount(3)).get("large")).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void publishesByTheHolderOfTheLeaseAloneWhoeverCommits() {
        // Read far more rarely than the test waits: what is published in time was announced by the one who committed.
        OutboxProperties rarely = reading(Duration.ofHours(1));
        RelayInstance one = instance("one", new FaultyProducer(ANY_SIZE), rarely);
        one.relay.start();
        await().atMost(SOON).until(one.relay::publishes);
        RelayInstance two = instance("two", new FaultyProducer(ANY_SIZE), rarely);
        two.relay.start();
        one.commitEach(LongStream.rangeClosed(1, 20).mapToObj(sequence -> event(topic, "of-one", sequence)));
        two.commitEach(LongStream.rangeClosed(1, 20).mapToObj(sequence -> event(topic, "of-two", sequence)));
        await().atMost(SOON).until(() -> one.meter("millrace.outbox.events.published") == 40);
        assertThat(waiting()).isZero();
        assertThat(two.meter("millrace.outbox.events.published")).isZero();
        assertThat(two.relay.publishes()).isFalse();
        assertThat(two.health.health().getStatus()).isEqualTo(Status.UP);

        long epoch = epoch();
        one.relay.stop();
        two.commit(event(topic, "of-two", 21));
        await().atMost(SOON).until(() -> two.meter("millrace.outbox.events.published") == 1);
        assertThat(epoch()).isEqualTo(epoch + 1);
        try (TopicProbe probe = probe()) {
            Map<String, List<Long>> history = history(probe.awaitCount(41));
            assertThat(history.get("of-one")).isEqualTo(upTo(20));
            assertThat(history.get("of-two")).isEqualTo(upTo(21));
        }
    }

    @Test
    void keepsTheLeaseWhileThereIsNothingToPublish() {
        OutboxProperties rarely = reading(Duration.ofHours(1));
        RelayInstance one = instance("one", new FaultyProducer(ANY_SIZE), rarely);
        one.relay.start();
        await().atMost(SOON).until(one.relay::publishes);
        RelayInstance two = instance("two", new FaultyProducer(ANY_SIZE), rarely);
        two.relay.start();
        Duration longerThanALease = PROPERTIES.leaseFor().multipliedBy(2);
        await().during(longerThanALease).atMost(SOON).until(() -> one.relay.publishes() && !two.relay.publishes());
        assertThat(epoch()).isEqualTo(1);
    }

    @Test
    void neitherLosesNorReordersWhenARelayIsHaltedPastItsLease() {
        // The third send is the first that follows an acknowledgement: one event acknowledged and not yet recorded.
        FaultyProducer halting = new FaultyProducer(ANY_SIZE).haltingAt(3);
        RelayInstance one = instance("one", halting, PROPERTIES);
        for (long sequence = 1; sequence <= 3; sequence++) {
            one.commit(event(topic, "a", sequence), event(topic, "b", sequence));
        }
        one.relay.start();
        await().atMost(SOON).until(halting::isHalted);
        assertThat(kept()).isZero();

        long epoch = epoch();
        RelayInstance two = started("two");
        awaitEmpty();
        assertThat(epoch()).isEqualTo(epoch + 1);
        two.commit(event(topic, "a", 4), event(topic, "b", 4));
        awaitEmpty();

        try (TopicProbe probe = probe()) {
            int before = probe.records().size();
            halting.goOn();
            // What it was about to send comes after all, as a repetition ...
            probe.awaitCount(before + 1);
            // ... and then it notices.
            await().atMost(SOON).until(() -> !one.relay.publishes());
            two.commit(event(topic, "a", 5), event(topic, "b", 5));
            awaitEmpty();
            List<ConsumerRecord<byte[], byte[]>> records = probe.records();
            assertThat(records).hasSizeGreaterThan(10);
            Map<String, List<Long>> history = history(records);
            assertThat(effects(history, "a")).isEqualTo(upTo(5));
            assertThat(effects(history, "b")).isEqualTo(upTo(5));
        }
        assertThat(one.meter("millrace.outbox.events.published")).isZero();
        assertThat(kept()).isEqualTo(10);
    }

    @Test
    void recordsNothingForAFormerHolderOfTheLease() {
        RelayInstance one = instance("one", new FaultyProducer(ANY_SIZE), PROPERTIES);
        OutboxTable table = new OutboxTable(jdbc);
        new OutboxArchive(jdbc, Duration.ofDays(7), Clock.systemUTC()).maintain();
        RelayLease first = new RelayLease(jdbc, "first", Duration.ofSeconds(1));
        RelayLease second = new RelayLease(jdbc, "second", Duration.ofSeconds(60));
        one.commit(event(topic, "a", 1));
        List<Long> ids = table.unpublished(List.of(), List.of(), 10).stream()
                .map(OutboxTable.Row::id)
                .toList();

        long former = first.hold().orElseThrow();
        assertThat(second.hold()).as("taken while another holds it").isEmpty();
        await().atMost(SOON).until(() -> second.hold().isPresent());
        long present = second.hold().orElseThrow();

        assertThat(first.isHeld()).isFalse();
        assertThat(first.hold()).as("renewed by a former holder").isEmpty();
        assertThat(table.markPublished(ids, former)).isFalse();
        assertThat(waiting()).isEqualTo(1);
        assertThat(table.markPublished(ids, present)).isTrue();
        assertThat(waiting()).isZero();
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void goesOnAfterAFaultOfItsOwn() {
        RelayInstance one = started("one", new FaultyProducer(ANY_SIZE).failingAt(2));
        one.commit(event(topic, "a", 1), event(topic, "b", 1), event(topic, "c", 1), event(topic, "a", 2));
        awaitEmpty();
        try (TopicProbe probe = probe()) {
            assertThat(effects(history(probe.records()), "a")).containsExactly(1L, 2L);
            assertThat(history(probe.records())).containsOnlyKeys("a", "b", "c");
        }
    }

    @Test
    void tellsThatItIsFullUntilTheBrokersHaveTakenSomething() {
        RelayInstance one = instance("one", new FaultyProducer(ANY_SIZE), PROPERTIES);
        one.commitEach(LongStream.range(1, PROPERTIES.bound()).mapToObj(sequence -> event(topic, "a", sequence)));
        await().atMost(SOON).until(() -> one.meter("millrace.outbox.events.waiting") == PROPERTIES.bound() - 1);
        assertThat(one.outbox.isFull()).isFalse();
        one.commit(event(topic, "a", PROPERTIES.bound()));
        await().atMost(SOON).until(one.outbox::isFull);
        one.relay.start();
        await().atMost(SOON).until(() -> !one.outbox.isFull());
    }

    @Test
    void keepsWhatWasPublishedForItsTime() {
        Duration keep = Duration.ofDays(7);
        Instant now = Instant.parse("2026-03-10T12:00:00Z");
        new OutboxArchive(jdbc, keep, Clock.fixed(now, ZoneOffset.UTC)).maintain();
        assertThat(archivePartitions()).contains("outbox_published_20260309", "outbox_published_20260313");
        new OutboxArchive(jdbc, keep, Clock.fixed(now.plus(keep), ZoneOffset.UTC)).maintain();
        assertThat(archivePartitions())
                .doesNotContain("outbox_published_20260309")
                .contains("outbox_published_20260310");
    }

    private RelayInstance started(String name) {
        return started(name, new FaultyProducer(ANY_SIZE));
    }

    private RelayInstance started(String name, FaultyProducer producer) {
        RelayInstance instance = instance(name, producer, PROPERTIES);
        instance.relay.start();
        return instance;
    }

    private RelayInstance instance(String name, FaultyProducer producer, OutboxProperties properties) {
        RelayInstance instance = new RelayInstance(name, database, producer, properties);
        instances.add(instance);
        return instance;
    }

    private static OutboxProperties reading(Duration every) {
        return new OutboxProperties(
                PROPERTIES.bound(),
                PROPERTIES.batch(),
                PROPERTIES.leaseFor(),
                PROPERTIES.deliverWithin(),
                PROPERTIES.gatherFor(),
                every,
                PROPERTIES.keepPublished());
    }

    private TopicProbe probe() {
        return TopicProbe.fromBeginning(topic.name());
    }

    private void awaitEmpty() {
        await().atMost(SOON).until(() -> waiting() == 0);
    }

    private long waiting() {
        return count("select count(*) from outbox");
    }

    /** How many events are recorded as published. */
    private long kept() {
        return count("select count(*) from outbox_published");
    }

    private long epoch() {
        return count("select epoch from outbox_lease");
    }

    private long count(String query) {
        Long count = jdbc.queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }

    private List<String> archivePartitions() {
        return jdbc.query(
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'outbox_published'::regclass",
                (row, _) -> row.getString(1));
    }

    private void raiseTopicsLimit() throws Exception {
        AlterConfigOp raise =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", "1000000"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), List.of(raise)))
                    .all()
                    .get();
        }
    }

    /** Per aggregate the sequences in the order of the topic. */
    private static Map<String, List<Long>> history(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<Long>> history = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> each : records) {
            history.computeIfAbsent(TopicProbe.header(each, "ce_subject").orElseThrow(), _ -> new ArrayList<>())
                    .add(Long.parseLong(TopicProbe.header(each, "ce_sequence").orElseThrow()));
        }
        return history;
    }

    /** What a consumer applies that ignores what is at or below the last sequence applied. */
    private static List<Long> effects(Map<String, List<Long>> history, String aggregate) {
        List<Long> effects = new ArrayList<>();
        long last = 0;
        for (long sequence : history.getOrDefault(aggregate, List.of())) {
            if (sequence > last) {
                effects.add(sequence);
                last = sequence;
            }
        }
        return effects;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** Text that no compression makes small. */
    private static String ballast(int length) {
        byte[] random = new byte[length / 2];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static void awaitLatch(CountDownLatch latch) {
        await().atMost(SOON).until(() -> latch.getCount() == 0);
    }
}
