package io.millrace.monitoring.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.monitoring.FreshStore;
import io.millrace.monitoring.logs.Level;
import io.millrace.monitoring.logs.LogPage;
import io.millrace.monitoring.logs.LogQuery;
import io.millrace.monitoring.logs.LogSearch;
import io.millrace.monitoring.orders.OrderCounts;
import io.millrace.monitoring.orders.OrderFact;
import io.millrace.monitoring.orders.OrderFact.Step;
import io.millrace.monitoring.store.Partitions;
import io.millrace.monitoring.store.StoreProperties;
import io.millrace.monitoring.telemetry.Signal;
import io.millrace.monitoring.telemetry.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.util.unit.DataSize;

/** Whatever is delivered, however often and to whom, is stored once. */
class IngestWriterIT {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Place ORDERS = new Place("order.events.v1", 3);
    private static final Place LOGS = new Place("otlp_logs", 0);
    private static final UUID TOPIC_ID = UUID.randomUUID();

    private final FreshStore store = IngestionParts.on(
            Clock.fixed(NOON.plusSeconds(5), ZoneOffset.UTC),
            new StoreProperties(Duration.ofDays(30), Duration.ofDays(7), DataSize.ofMegabytes(16), 25),
            LogSearch.class);
    private final IngestWriter writer = store.get(IngestWriter.class);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void storesARedeliveredPollNoSecondTime() {
        writer.open(Map.of(ORDERS, TOPIC_ID, LOGS, TOPIC_ID));
        List<Item> poll = List.of(event(0, Step.PLACED), event(1, Step.CONFIRMED), logs(0, "a"), logs(1, "b"));

        assertThat(writer.write(poll)).isEmpty();
        assertThat(writer.write(poll)).containsExactlyInAnyOrder(ORDERS, LOGS);
        assertThat(writer.write(List.of(event(1, Step.CONFIRMED), event(2, Step.PLACED))))
                .containsExactly(ORDERS);

        assertThat(store.count("event")).isEqualTo(3);
        assertThat(store.count("log_record")).isEqualTo(2);
        assertThat(stored("logs")).isEqualTo(2);
        assertThat(placed()).isEqualTo(2);
        assertThat(writer.open(Map.of(ORDERS, TOPIC_ID, LOGS, TOPIC_ID))).isEqualTo(Map.of(ORDERS, 3L, LOGS, 2L));
    }

    @Test
    void storesEverythingOnceUnderTwoWritersThatBothBelieveThePartitionTheirs()
            throws ExecutionException, InterruptedException {
        writer.open(Map.of(LOGS, TOPIC_ID));
        List<Item> all =
                IntStream.range(0, 2_000).mapToObj(i -> logs(i, "line " + i)).toList();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int seed = 0; seed < 2; seed++) {
                Random random = new Random(seed);
                writers.add(two.submit(() -> {
                    for (int from = 0; from < all.size(); ) {
                        int to = Math.min(all.size(), from + 1 + random.nextInt(60));
                        writer.write(all.subList(from, to));
                        from = to;
                    }
                }));
            }
            for (Future<?> each : writers) {
                each.get();
            }
        }

        assertThat(store.count("log_record")).isEqualTo(2_000);
        assertThat(store.jdbc().queryForObject("select count(distinct message) from log_record", Long.class))
                .isEqualTo(2_000);
        assertThat(stored("logs")).isEqualTo(2_000);
    }

    @Test
    void countsAnEventOnceThatWasPublishedTwice() {
        writer.open(Map.of(ORDERS, TOPIC_ID));
        UUID order = UUID.randomUUID();

        writer.write(List.of(event(0, order, Step.PLACED), event(1, order, Step.CONFIRMED)));
        writer.write(List.of(event(2, order, Step.PLACED), event(3, order, Step.CONFIRMED)));

        assertThat(store.count("event")).isEqualTo(4);
        assertThat(placed()).isEqualTo(1);
        assertThat(store.get(OrderCounts.class).figures(NOON).confirmedSeconds())
                .isNotNull();
    }

    @Test
    void beginsAnewWithATopicThatWasMadeAnew() {
        writer.open(Map.of(LOGS, TOPIC_ID));
        writer.write(List.of(logs(0, "old"), logs(1, "old too")));

        assertThat(writer.open(Map.of(LOGS, TOPIC_ID))).isEqualTo(Map.of(LOGS, 2L));
        assertThat(writer.open(Map.of(LOGS, UUID.randomUUID()))).isEqualTo(Map.of(LOGS, 0L));
        assertThat(writer.write(List.of(logs(0, "new")))).isEmpty();
        assertThat(store.count("log_record")).isEqualTo(3);
    }

    @Test
    void storesNothingOfAPartitionThatWasNotOpened() {
        assertThat(writer.write(List.of(logs(0, "a")))).containsExactly(LOGS);
        assertThat(store.count("log_record")).isZero();
    }

    @Test
    void goesBackWhereTheDatabaseHasForgottenWhatItTook() {
        writer.open(Map.of(LOGS, TOPIC_ID));
        writer.write(List.of(logs(0, "a"), logs(1, "b")));
        store.jdbc().execute("update ingest_position set next_offset = 1");
        store.jdbc().execute("delete from log_record where message = 'b'");

        assertThat(writer.write(List.of(logs(2, "c")))).containsExactly(LOGS);
        assertThat(writer.open(Map.of(LOGS, TOPIC_ID))).isEqualTo(Map.of(LOGS, 1L));
        assertThat(writer.write(List.of(logs(1, "b"), logs(2, "c")))).isEmpty();
        assertThat(store.count("log_record")).isEqualTo(3);
    }

    @Test
    void beginsAPartitionAnewThatIsToldToHaveBeenCut() {
        writer.open(Map.of(LOGS, TOPIC_ID));
        writer.write(List.of(logs(0, "a"), logs(1, "b")));

        writer.restart(Set.of(LOGS));

        assertThat(writer.open(Map.of(LOGS, TOPIC_ID))).isEqualTo(Map.of(LOGS, 0L));
        assertThat(writer.write(List.of(logs(0, "c")))).isEmpty();
        assertThat(store.count("log_record")).isEqualTo(3);
    }

    @Test
    void makesAPartitionAgainThatSomeoneDropped() {
        writer.open(Map.of(LOGS, TOPIC_ID));
        writer.write(List.of(logs(0, "a")));
        store.jdbc().execute("drop table log_record_20260601");

        assertThatThrownBy(() -> writer.write(List.of(logs(1, "b"))))
                .satisfies(failure ->
                        assertThat(Partitions.foundNoPartition(failure)).isTrue());
        assertThat(writer.write(List.of(logs(1, "b")))).isEmpty();
        assertThat(store.count("log_record")).isEqualTo(1);
    }

    @Test
    void countsVisitsAndStoresNone() {
        writer.open(Map.of(ORDERS, TOPIC_ID));

        writer.write(List.of(visit(0), visit(1), event(2, Step.PLACED)));

        assertThat(store.count("event")).isEqualTo(1);
        assertThat(metered("millrace.monitoring.visits.counted")).isEqualTo(2);
        assertThat(metered("millrace.monitoring.records.stored")).isEqualTo(1);
        assertThat(writer.open(Map.of(ORDERS, TOPIC_ID))).isEqualTo(Map.of(ORDERS, 3L));
    }

    @Test
    void dropsWhatThereIsNoMoreRoomForTodayAndStoresTheRest() {
        writer.open(Map.of(ORDERS, TOPIC_ID, LOGS, TOPIC_ID));
        List<Item> much = IntStream.range(0, 20)
                .mapToObj(i -> logs(i, incompressible(900_000)))
                .toList();
        much.forEach(each -> writer.write(List.of(each)));
        long logs = store.count("log_record");

        writer.write(List.of(logs(20, "no room"), event(0, Step.PLACED)));

        assertThat(logs).isBetween(10L, 19L);
        assertThat(store.count("log_record")).isEqualTo(logs);
        assertThat(store.count("event")).isEqualTo(1);
        assertThat(metered("millrace.monitoring.records.dropped")).isEqualTo(21 - logs);
        assertThat(store.count("service_instance")).isEqualTo(1);
        assertThat(writer.open(Map.of(LOGS, TOPIC_ID))).isEqualTo(Map.of(LOGS, 21L));
    }

    @Test
    void storesAnyText() {
        writer.open(Map.of(LOGS, TOPIC_ID));
        String odd = "nul \0, tab \t, line \n, return \r, back \\N \\. \\, half \uD83D, quote ' \", \u2028 <script>";

        writer.write(List.of(logs(0, odd), logs(1, "\\."), logs(2, "")));

        LogPage page = store.get(LogSearch.class).search(LogQuery.newest(Level.TRACE, 10));
        assertThat(page.lines().get(2).message())
                .isEqualTo(odd.replace('\0', '\uFFFD').replace('\uD83D', '?'));
        assertThat(page.lines().get(1).message()).isEqualTo("\\.");
        assertThat(page.lines().get(0).message()).isEmpty();
    }

    @Test
    void changesNothingWhereAnythingFails() {
        writer.open(Map.of(ORDERS, TOPIC_ID, LOGS, TOPIC_ID));
        store.jdbc().execute("alter table ingest_second add constraint none check (kind <> 'logs')");

        assertThatThrownBy(() -> writer.write(List.of(event(0, Step.PLACED), logs(0, "a"))))
                .isInstanceOf(DataAccessException.class);

        assertThat(store.count("event")).isZero();
        assertThat(store.count("log_record")).isZero();
        assertThat(placed()).isZero();
        assertThat(writer.open(Map.of(ORDERS, TOPIC_ID))).isEqualTo(Map.of(ORDERS, 0L));
    }

    private long placed() {
        return store.get(OrderCounts.class).figures(NOON).minutes().getLast().placed();
    }

    private long stored(String kind) {
        Long sum = store.jdbc()
                .queryForObject("select coalesce(sum(records), 0) from ingest_second where kind = ?", Long.class, kind);
        return sum == null ? 0 : sum;
    }

    private long metered(String name) {
        return (long) store.get(MeterRegistry.class).find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static String incompressible(int length) {
        Random random = new Random(length);
        return random.ints(length, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Item visit(long offset) {
        return new Item(ORDERS, offset, NOON, new Item.OfVisit("clickstream.item-viewed"));
    }

    private static Item event(long offset, Step step) {
        return event(offset, UUID.randomUUID(), step);
    }

    private static Item event(long offset, UUID order, Step step) {
        StoredEvent event = new StoredEvent(
                "key",
                UUID.randomUUID().toString(),
                "order.any",
                "order-service",
                NOON,
                order.toString(),
                1L,
                order.toString(),
                Optional.of(order),
                null,
                null,
                "{}");
        return new Item(
                ORDERS,
                offset,
                NOON,
                new Item.OfEvent(event, Optional.of(new OrderFact(order, step, NOON.plusMillis(offset), null))));
    }

    private static Item logs(long offset, String message) {
        Signal.Log log = new Signal.Log(
                new Source("order-service", "1"),
                NOON.plusMillis(offset),
                9,
                "logger",
                message,
                null,
                null,
                null,
                Optional.empty(),
                null,
                "{}");
        return new Item(LOGS, offset, NOON, new Item.OfSignals(List.of(log)));
    }
}
