package io.millrace.monitoring.ingest;

import io.millrace.messaging.sql.SqlArrays;
import io.millrace.monitoring.telemetry.Signal;
import io.millrace.monitoring.telemetry.Source;
import io.millrace.monitoring.telemetry.WatchedMetrics;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.stereotype.Repository;

/** What the summary wants to know of the newest telemetry, in small tables, so that it need not look for it among all. */
@Repository
class Sightings {

    private static final String SEEN = """
            insert into service_instance (service, instance, last_seen)
            select * from unnest(?::text[], ?::text[], ?::timestamptz[]) as seen (service, instance, last_seen)
             order by service, instance
                on conflict (service, instance) do update
               set last_seen = greatest(service_instance.last_seen, excluded.last_seen)
            """;

    private static final String WATCHED = """
            insert into watched_metric (service, instance, name, value, time)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::float8[], ?::timestamptz[])
                       as read (service, instance, name, value, time)
             order by service, instance, name
                on conflict (service, instance, name) do update
               set value = excluded.value,
                   time  = excluded.time
             where watched_metric.time <= excluded.time
            """;

    private static final String STORED = """
            insert into ingest_second (second, kind, records)
            select * from unnest(?::timestamptz[], ?::text[], ?::int8[]) as stored (second, kind, records)
             order by second, kind
                on conflict (second, kind) do update
               set records = ingest_second.records + excluded.records
            """;

    private final JdbcTemplate jdbc;

    Sightings(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A metric of a process; the data points of one name in one request are added up. */
    private record Series(Source source, String name) {}

    private record Reading(Instant time, double value) {}

    /** Notes which processes sent something, and when the brokers had it. */
    void seen(List<Item> items, Instant now) {
        Map<Source, Instant> seen = new HashMap<>();
        for (Item item : items) {
            if (item.content() instanceof Item.OfSignals(List<Signal> signals)) {
                Instant at = item.recordedAt().isAfter(now) ? now : item.recordedAt();
                signals.forEach(signal -> seen.merge(signal.source(), at, (a, b) -> a.isAfter(b) ? a : b));
            }
        }
        List<Map.Entry<Source, Instant>> rows = List.copyOf(seen.entrySet());
        update(SEEN, rows, statement -> {
            SqlArrays.set(statement, 1, "text", rows, each -> each.getKey().service());
            SqlArrays.set(statement, 2, "text", rows, each -> each.getKey().instance());
            SqlArrays.set(statement, 3, "timestamptz", rows, each -> at(each.getValue()));
        });
    }

    /** Keeps the newest values of what {@link WatchedMetrics} names. */
    void watch(List<Item> items) {
        Map<Series, Reading> newest = new HashMap<>();
        for (Item item : items) {
            if (item.content() instanceof Item.OfSignals(List<Signal> signals)) {
                Map<Series, Reading> request = new HashMap<>();
                for (Signal signal : signals) {
                    if (signal instanceof Signal.Sample sample && WatchedMetrics.isWatched(sample.name())) {
                        request.merge(
                                new Series(sample.source(), sample.name()),
                                new Reading(sample.time(), sample.value()),
                                (a, b) -> new Reading(b.time, a.value + b.value));
                    }
                }
                request.forEach(
                        (series, reading) -> newest.merge(series, reading, (a, b) -> a.time.isAfter(b.time) ? a : b));
            }
        }
        List<Map.Entry<Series, Reading>> rows = List.copyOf(newest.entrySet());
        update(WATCHED, rows, statement -> {
            SqlArrays.set(
                    statement, 1, "text", rows, each -> each.getKey().source.service());
            SqlArrays.set(
                    statement, 2, "text", rows, each -> each.getKey().source.instance());
            SqlArrays.set(statement, 3, "text", rows, each -> each.getKey().name);
            SqlArrays.set(statement, 4, "float8", rows, each -> each.getValue().value);
            SqlArrays.set(statement, 5, "timestamptz", rows, each -> at(each.getValue().time));
        });
    }

    /** Counts what was stored, by kind. The row's lock is short: this comes last in its transaction. */
    void stored(Map<String, Integer> records, Instant now) {
        List<Map.Entry<String, Integer>> rows = records.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .toList();
        OffsetDateTime second = at(now.truncatedTo(ChronoUnit.SECONDS));
        update(STORED, rows, statement -> {
            SqlArrays.set(statement, 1, "timestamptz", rows, _ -> second);
            SqlArrays.set(statement, 2, "text", rows, Map.Entry::getKey);
            SqlArrays.set(statement, 3, "int8", rows, each -> (long) each.getValue());
        });
    }

    /** Forgets processes, values and counts that nobody asks for any more. */
    void forget(Instant before) {
        jdbc.update("delete from service_instance where last_seen < ?", at(before));
        jdbc.update("delete from watched_metric where time < ?", at(before));
        jdbc.update("delete from ingest_second where second < ?", at(before));
    }

    private void update(String statement, Collection<?> rows, PreparedStatementSetter parameters) {
        if (!rows.isEmpty()) {
            jdbc.update(statement, parameters);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
