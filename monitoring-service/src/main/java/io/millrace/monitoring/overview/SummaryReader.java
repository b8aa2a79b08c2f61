package io.millrace.monitoring.overview;

import io.millrace.monitoring.lag.LagBoard;
import io.millrace.monitoring.lag.LagReading;
import io.millrace.monitoring.logs.Level;
import io.millrace.monitoring.logs.LogQuery;
import io.millrace.monitoring.logs.LogSearch;
import io.millrace.monitoring.orders.OrderCounts;
import io.millrace.monitoring.overview.Summary.ErrorLine;
import io.millrace.monitoring.overview.Summary.OutboxState;
import io.millrace.monitoring.overview.Summary.ServiceState;
import io.millrace.monitoring.overview.Summary.TelemetryRates;
import io.millrace.monitoring.telemetry.WatchedMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Puts the summary together from small tables and indexes: a few milliseconds, whatever is stored. */
@Repository
class SummaryReader {

    private static final int ERRORS = 20;
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Duration CURRENT = Duration.ofMinutes(1);
    private static final long RATE_SECONDS = 10;

    private final JdbcTemplate jdbc;
    private final OrderCounts orders;
    private final LogSearch logs;
    private final LagBoard lag;
    private final OverviewProperties properties;
    private final Clock clock;
    private final Instant started;

    SummaryReader(
            JdbcTemplate jdbc,
            OrderCounts orders,
            LogSearch logs,
            LagBoard lag,
            OverviewProperties properties,
            Clock clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.logs = logs;
        this.lag = lag;
        this.properties = properties;
        this.clock = clock;
        this.started = clock.instant();
    }

    Summary read() {
        Instant now = clock.instant();
        LagReading reading = lag.reading(now);
        return new Summary(
                now,
                Duration.between(started, now).toSeconds(),
                services(now),
                orders.figures(now),
                reading.groups(),
                reading.at().equals(Instant.EPOCH) ? null : reading.at(),
                outbox(now),
                reading.deadLetters(),
                errors(),
                rates(now));
    }

    private List<ServiceState> services(Instant now) {
        return jdbc.query(
                "select service, instance, last_seen from service_instance where last_seen > ? order by service, instance",
                (rows, _) -> {
                    Instant seen = rows.getObject(3, OffsetDateTime.class).toInstant();
                    return new ServiceState(
                            rows.getString(1),
                            rows.getString(2),
                            seen.plus(properties.downAfter()).isAfter(now),
                            seen);
                },
                at(now.minus(REMEMBERED)));
    }

    /** A service's instances share one outbox, and all tell of it. */
    private List<OutboxState> outbox(Instant now) {
        Map<String, Double> waiting = new TreeMap<>();
        Map<String, Double> oldest = new HashMap<>();
        jdbc.query(
                "select service, name, max(value) from watched_metric where name in (?, ?) and time > ? group by service, name",
                rows -> {
                    boolean counts = rows.getString(2).equals(WatchedMetrics.OUTBOX_WAITING);
                    (counts ? waiting : oldest).put(rows.getString(1), rows.getDouble(3));
                },
                WatchedMetrics.OUTBOX_WAITING,
                WatchedMetrics.OUTBOX_OLDEST,
                at(now.minus(CURRENT)));
        return waiting.entrySet().stream()
                .map(each -> new OutboxState(
                        each.getKey(), each.getValue().longValue(), oldest.getOrDefault(each.getKey(), 0.0)))
                .toList();
    }

    private List<ErrorLine> errors() {
        return logs.search(LogQuery.newest(Level.ERROR, ERRORS)).lines().stream()
                .map(line -> new ErrorLine(
                        line.time(), line.service(), line.severity(), line.message(), line.traceId(), line.orderId()))
                .toList();
    }

    private TelemetryRates rates(Instant now) {
        Map<String, Long> stored = new HashMap<>();
        jdbc.query(
                "select kind, sum(records) from ingest_second where second >= ? and second < ? group by kind",
                rows -> {
                    stored.put(rows.getString(1), rows.getLong(2));
                },
                at(now.minusSeconds(RATE_SECONDS)),
                at(now));
        double[] dropped = {0};
        jdbc.query("select name, value from watched_metric", rows -> {
            if (WatchedMetrics.countsDropped(rows.getString(1))) {
                dropped[0] += rows.getDouble(2);
            }
        });
        return new TelemetryRates(
                (double) stored.getOrDefault("logs", 0L) / RATE_SECONDS,
                (double) stored.getOrDefault("metrics", 0L) / RATE_SECONDS,
                (long) dropped[0]);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
