package io.millrace.monitoring.store;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** A table in partitions by day of ingestion. */
enum DayTable {
    SPAN("span", Kind.TELEMETRY),
    METRIC_SAMPLE("metric_sample", Kind.TELEMETRY),
    LOG_RECORD("log_record", Kind.TELEMETRY),
    EVENT("event", Kind.EVENTS);

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    final String table;
    final Kind kind;

    DayTable(String table, Kind kind) {
        this.table = table;
        this.kind = kind;
    }

    String partition(LocalDate day) {
        return table + "_" + DAY.format(day);
    }

    /** The day of a partition, from its name. */
    LocalDate day(String partition) {
        return LocalDate.parse(partition.substring(table.length() + 1), DAY);
    }
}
