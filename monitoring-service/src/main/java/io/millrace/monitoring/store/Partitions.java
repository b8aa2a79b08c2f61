package io.millrace.monitoring.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes partitions ahead of their day, drops those whose time or space is over, and says when today's are full. Several
 * instances may do so at once: each change is made under one lock of the database.
 */
@Component
public class Partitions {

    private static final Logger log = LoggerFactory.getLogger(Partitions.class);
    private static final int DAYS_AHEAD = 3;

    /** Any number that no other lock of this database has. */
    private static final long LOCK = 4_021_113L;

    /** After so much of the space has been written, as text, it is looked at again: with indexes it takes some times more. */
    private static final int LOOKS_AT_SPACE = 256;

    private static final String CHECK_VIOLATION = "23514";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final StoreProperties properties;
    private final Clock clock;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private volatile LocalDate coveredTo = LocalDate.MIN;
    private volatile Set<Kind> full = Set.of();

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

    /** What {@link #cover} made is no longer there, as someone dropped it: it looks again. */
    public void coverAnew() {
        coveredTo = LocalDate.MIN;
    }

    /** Whether a record found no partition. PostgreSQL calls that a violated check, as it does others, but names none. */
    public static boolean foundNoPartition(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && CHECK_VIOLATION.equals(sql.getSQLState())) {
                return sql instanceof PSQLException server
                        && server.getServerErrorMessage() != null
                        && server.getServerErrorMessage().getConstraint() == null;
            }
        }
        return false;
    }

    /** The kinds of which no more may be stored today. Looks at the space when enough was written since it last did. */
    public Set<Kind> full() {
        long since = written.get();
        if (since > properties.maxSize().toBytes() / LOOKS_AT_SPACE && written.compareAndSet(since, 0)) {
            try {
                maintain();
            } catch (DataAccessException | TransactionException e) {
                // as long as it can't be known, what was true before is
                log.atWarn().log("the space was not looked at: {}", e.toString());
            }
        }
        return full;
    }

    /** So many bytes were written. */
    public void grew(long writtenBytes) {
        written.addAndGet(writtenBytes);
    }

    /** Makes what will be needed and drops what is over. Returns the names of the partitions dropped. */
    public List<String> maintain() {
        makeAhead();
        List<Present> present = present();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Present> dropped = new ArrayList<>();
        Set<Kind> nowFull = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            List<Present> ofKind =
                    present.stream().filter(each -> each.of.kind == kind).toList();
            List<Present> over = over(ofKind, today, properties.keep(kind), properties.most(kind));
            over.forEach(this::drop);
            dropped.addAll(over);
            if (size(ofKind) - size(over) > properties.most(kind)) {
                nowFull.add(kind);
            }
        }
        bytes.set(size(present) - size(dropped));
        tell(nowFull);
        full = nowFull;
        return dropped.stream().map(Present::name).toList();
    }

    private void drop(Present partition) {
        inTurn(() -> jdbc.execute("drop table if exists " + partition.name));
        log.atInfo()
                .addKeyValue("partition", partition.name)
                .addKeyValue("bytes", partition.bytes)
                .log("a day of records was dropped");
    }

    private void tell(Set<Kind> nowFull) {
        for (Kind kind : nowFull) {
            if (!full.contains(kind)) {
                log.atError()
                        .addKeyValue("kind", kind)
                        .addKeyValue("maxBytes", properties.most(kind))
                        .log("today's records fill their space: no more of them are stored until tomorrow");
            }
        }
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

    /** Of one kind: the days past their time, and the oldest that don't fit, of which today is none. */
    private static List<Present> over(List<Present> present, LocalDate today, Duration keep, long most) {
        LocalDate first = today.minusDays(keep.toDays());
        List<Present> oldestFirst = present.stream()
                .sorted(Comparator.comparing(Present::day).thenComparing(Present::of))
                .toList();
        List<Present> over = new ArrayList<>();
        long left = size(present);
        for (Present each : oldestFirst) {
            if (each.day.isBefore(first) || (left > most && each.day.isBefore(today))) {
                over.add(each);
                left -= each.bytes;
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
