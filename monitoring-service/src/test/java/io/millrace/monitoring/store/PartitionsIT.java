package io.millrace.monitoring.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.monitoring.FreshStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PartitionsIT {

    private static final Instant JUNE_1 = Instant.parse("2026-06-01T12:00:00Z");

    private final MovableClock clock = new MovableClock();

    @Test
    void makesWhatIsNeededAheadOfItsDay() {
        try (FreshStore store = store(DataSize.ofGigabytes(1))) {
            Partitions partitions = store.get(Partitions.class);
            partitions.cover(clock.instant());
            insertLog(store, "2026-06-01T00:00:00Z");
            insertLog(store, "2026-06-04T23:59:59Z");

            clock.now = JUNE_1.plus(Duration.ofDays(10));
            partitions.cover(clock.instant());
            insertLog(store, "2026-06-11T23:59:59Z");

            assertThat(names(store, "log_record"))
                    .containsExactly(
                            "log_record_20260601",
                            "log_record_20260602",
                            "log_record_20260603",
                            "log_record_20260604",
                            "log_record_20260611",
                            "log_record_20260612",
                            "log_record_20260613",
                            "log_record_20260614");
        }
    }

    @Test
    void dropsDaysPastTheirTimeEachByItsKind() {
        try (FreshStore store = store(DataSize.ofGigabytes(1))) {
            Partitions partitions = store.get(Partitions.class);
            partitions.maintain();
            clock.now = JUNE_1.plus(Duration.ofDays(7));
            assertThat(partitions.maintain()).isEmpty();

            clock.now = JUNE_1.plus(Duration.ofDays(8));
            assertThat(partitions.maintain())
                    .containsExactlyInAnyOrder("log_record_20260601", "metric_sample_20260601", "span_20260601");

            clock.now = JUNE_1.plus(Duration.ofDays(31));
            assertThat(partitions.maintain()).contains("event_20260601", "log_record_20260602");
        }
    }

    @Test
    void dropsTheOldestTelemetryWhenSpaceIsOverButNeverToday() {
        try (FreshStore store = store(DataSize.ofMegabytes(16))) {
            Partitions partitions = store.get(Partitions.class);
            partitions.maintain();
            fill(store, "2026-06-01T12:00:00Z", 7_000);
            fill(store, "2026-06-02T12:00:00Z", 7_000);
            fill(store, "2026-06-03T12:00:00Z", 7_000);
            clock.now = JUNE_1.plus(Duration.ofDays(2));

            List<String> dropped = partitions.maintain();

            assertThat(dropped).contains("log_record_20260601").doesNotContain("event_20260601");
            assertThat(dropped).noneMatch(name -> name.endsWith("0603"));
            assertThat(store.count("log_record")).isBetween(7_000L, 14_000L);
        }
    }

    @Test
    void keepsEventsAndTellsThatTelemetryIsFullHoweverMuchOfItCameToday() {
        try (FreshStore store = store(DataSize.ofMegabytes(16))) {
            Partitions partitions = store.get(Partitions.class);
            partitions.maintain();
            insertEvent(store, "2026-06-01T12:00:00Z");
            clock.now = JUNE_1.plus(Duration.ofDays(1));
            assertThat(partitions.full()).isEmpty();
            fill(store, "2026-06-02T12:00:00Z", 15_000);
            partitions.grew(DataSize.ofMegabytes(1).toBytes());

            assertThat(partitions.full()).containsExactly(Kind.TELEMETRY);
            assertThat(names(store, "event")).contains("event_20260601");
            assertThat(store.count("log_record")).isEqualTo(15_000);

            clock.now = JUNE_1.plus(Duration.ofDays(2));
            assertThat(partitions.maintain()).contains("log_record_20260602").doesNotContain("event_20260601");
            assertThat(partitions.full()).isEmpty();
        }
    }

    @Test
    void letsInstancesDoTheSameAtOnce() {
        try (FreshStore store = store(DataSize.ofGigabytes(1))) {
            Partitions partitions = store.get(Partitions.class);
            CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(partitions::maintain))
                            .limit(3)
                            .toArray(CompletableFuture<?>[]::new))
                    .join();

            assertThat(names(store, "event")).hasSize(4);
        }
    }

    private FreshStore store(DataSize most) {
        return FreshStore.with(
                clock, new StoreProperties(Duration.ofDays(30), Duration.ofDays(7), most, 50), Partitions.class);
    }

    private static void insertLog(FreshStore store, String at) {
        fill(store, at, 1);
    }

    private static void insertEvent(FreshStore store, String at) {
        store.jdbc().update("""
                        insert into event (ingested_at, topic, partition, record_offset, type, event_time, data)
                        values (?::timestamptz, 't', 0, 0, 'x', now(), '{}')
                        """, at);
    }

    /** About a kilobyte each; of characters that don't compress. */
    private static void fill(FreshStore store, String at, int rows) {
        store.jdbc().update("""
                        insert into log_record (ingested_at, time, severity, service, instance, logger, message, attributes)
                        select ?::timestamptz, now(), 9, 's', '1', 'l',
                               (select string_agg(md5(i::text || j), '') from generate_series(1, 32) as j), '{}'
                          from generate_series(1, ?) as i
                        """, at, rows);
    }

    private static List<String> names(FreshStore store, String table) {
        return store.jdbc()
                .query(
                        "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass order by 1",
                        (rows, _) -> rows.getString(1),
                        table);
    }

    private static final class MovableClock extends Clock {

        private volatile Instant now = JUNE_1;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
