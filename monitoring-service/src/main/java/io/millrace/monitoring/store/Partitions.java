package io.millrace.monitoring.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes partitions ahead of their day and drops those whose time or space is over. Several instances may do so at once: each
 * change is made under one lock of the database.
 */
@Component
public class Partitions {

    private static final Logger log = LoggerFactory.getLogger(Partitions.class);
    private static final int DAYS_AHEAD = 3;

    /** Any number that no other lock of this database has. */
    private static final long LOCK = 4_021_113L;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final StoreProperties properties;
    private final Clock clock;
    private final AtomicLong bytes = new AtomicLong();
    private volatile LocalDate coveredTo = LocalDate.MIN;

    Partitions(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            StoreProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
        this.clock = clock;
        Gauge.builder("millrace.monitoring.store.size", bytes, AtomicLong::get)
                .description("what stored records take on disk with their indexes, when last looked at")
                .baseUnit("bytes")
                .register(meters);
    }

    /** A partition that exists. */
    private record Present(DayTable of, String name, LocalDate day, long bytes) {}

    /** Sees to it that records of this moment find their partition; costs nothing when they do. */
    public void cover(Instant moment) {
        if (LocalDate.ofInstant(moment, ZoneOffset.UTC).isAfter(coveredTo)) {
            makeAhead();
        }
    }

    /** Makes what will be needed and drops what is over. Returns the names of the partitions dropped. */
    public List<String> maintain() {
        makeAhead();
        List<Present> present = present();
        List<Present> over = over(present, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), properties);
        for (Present each : over) {
            inTurn(() -> jdbc.execute("drop table if exists " + each.name));
            log.atInfo()
                    .addKeyValue("partition", each.name)
                    .addKeyValue("bytes", each.bytes)
                    .log("a day of records was dropped");
        }
        long left = size(present) - size(over);
        bytes.set(left);
        if (left > properties.maxSize().toBytes()) {
            log.atWarn()
                    .addKeyValue("bytes", left)
                    .addKeyValue("maxBytes", properties.maxSize().toBytes())
                    .log("what was stored today alone exceeds the space that records may take");
        }
        return over.stream().map(Present::name).toList();
    }

    private void makeAhead() {
        Instant now = clock.instant();
        // an hour back as well: another instance's clock may be behind
        LocalDate first = LocalDate.ofInstant(now.minus(Duration.ofHours(1)), ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(DAYS_AHEAD);
        List<String> present = present().stream().map(Present::name).toList();
        for (DayTable table : DayTable.values()) {
            for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
                String name = table.partition(day);
                if (!present.contains(name)) {
                    String statement =
                            "create table if not exists %s partition of %s for values from ('%s+00') to ('%s+00')"
                                    .formatted(name, table.table, day, day.plusDays(1));
                    inTurn(() -> jdbc.execute(statement));
                }
            }
        }
        coveredTo = last;
    }

    private List<Present> present() {
        List<Present> present = new ArrayList<>();
        for (DayTable table : DayTable.values()) {
            present.addAll(jdbc.query(
                    """
                    select relname, pg_total_relation_size(pg_class.oid)
                      from pg_inherits join pg_class on pg_class.oid = inhrelid
                     where inhparent = ?::regclass
                    """,
                    (rows, _) -> new Present(table, rows.getString(1), table.day(rows.getString(1)), rows.getLong(2)),
                    table.table));
        }
        return present;
    }

    private static List<Present> over(List<Present> present, LocalDate today, StoreProperties properties) {
        List<Present> over = new ArrayList<>();
        List<Present> kept = new ArrayList<>();
        for (Present each : present) {
            Duration keep = each.of.telemetry ? properties.keepTelemetry() : properties.keepEvents();
            (each.day.isBefore(today.minusDays(keep.toDays())) ? over : kept).add(each);
        }
        long excess = size(kept) - properties.maxSize().toBytes();
        kept.sort(Comparator.comparing((Present each) -> !each.of.telemetry).thenComparing(Present::day));
        for (Present each : kept) {
            if (excess > 0 && each.day.isBefore(today)) {
                over.add(each);
                excess -= each.bytes;
            }
        }
        return over;
    }

    private static long size(List<Present> partitions) {
        return partitions.stream().mapToLong(Present::bytes).sum();
    }

    private void inTurn(Runnable change) {
        transaction.executeWithoutResult(_ -> {
            jdbc.query("select pg_advisory_xact_lock(?)", _ -> {}, LOCK);
            change.run();
        });
    }
}
