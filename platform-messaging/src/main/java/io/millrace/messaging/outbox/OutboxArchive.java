package io.millrace.messaging.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The published events, in partitions by UTC day: made ahead, dropped when they are older than is kept. */
final class OutboxArchive {

    private static final Logger log = LoggerFactory.getLogger(OutboxArchive.class);
    private static final String PREFIX = "outbox_published_";
    private static final int DAYS_AHEAD = 3;

    private final JdbcTemplate jdbc;
    private final Duration keep;
    private final Clock clock;

    OutboxArchive(JdbcTemplate jdbc, Duration keep, Clock clock) {
        this.jdbc = jdbc;
        this.keep = keep;
        this.clock = clock;
    }

    /** Makes the partitions of today and the days ahead that are missing, and drops those past their time. */
    void maintain() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<String> present = jdbc.query(
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'outbox_published'::regclass",
                (rows, _) -> rows.getString(1));
        // One day back as well: the database's clock decides where a row goes, and may be behind ours.
        for (LocalDate day = today.minusDays(1); !day.isAfter(today.plusDays(DAYS_AHEAD)); day = day.plusDays(1)) {
            String name = name(day);
            if (!present.contains(name)) {
                jdbc.execute(
                        "create table if not exists %s partition of outbox_published for values from ('%s+00') to ('%s+00')"
                                .formatted(name, day, day.plusDays(1)));
            }
        }
        String oldestKept = name(today.minusDays(keep.toDays()));
        for (String partition : present) {
            if (partition.compareTo(oldestKept) < 0) {
                jdbc.execute("drop table if exists " + partition);
                log.atInfo().addKeyValue("partition", partition).log("published events past their time dropped");
            }
        }
    }

    private static String name(LocalDate day) {
        return PREFIX + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }
}
