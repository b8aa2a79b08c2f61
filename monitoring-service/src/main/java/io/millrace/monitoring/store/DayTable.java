package io.millrace.monitoring.store;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** A table in partitions by day of ingestion. */
enum DayTable {
    SPAN("span", true),
    METRIC_SAMPLE("metric_sample", true),
    LOG_RECORD("log_record", true),
    EVENT("event", false);

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    final String table;
    final boolean telemetry;

    DayTable(String table, boolean telemetry) {
        this.table = table;
        this.telemetry = telemetry;
    }

    String partition(LocalDate day) {
        return table + "_" + DAY.format(day);
    }

    /** The day of a partition, from its name. */
    LocalDate day(String partition) {
        return LocalDate.parse(partition.substring(table.length() + 1), DAY);
    }
}
