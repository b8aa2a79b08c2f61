package io.millrace.monitoring.ingest;

import io.millrace.monitoring.telemetry.Signal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies rows into the partitioned tables. */
final class Tables {

    private static final String EVENTS = """
            copy event (ingested_at, topic, partition, record_offset, record_key, event_id, type, source, event_time,
                        subject, sequence, correlation_id, order_id, causation_id, trace_id, data) from stdin
            """;

    private static final String LOGS = """
            copy log_record (ingested_at, time, severity, service, instance, logger, message, thread, trace_id, span_id,
                             order_id, exception, attributes) from stdin
            """;

    private static final String SAMPLES = """
            copy metric_sample (ingested_at, time, service, instance, name, kind, value, count, attributes) from stdin
            """;

    private static final String SPANS = """
            copy span (ingested_at, trace_id, span_id, parent_id, service, instance, name, kind, started_at,
                       duration_nanos, failed, attributes) from stdin
            """;

    private Tables() {}

    static void events(Connection connection, Instant now, List<Item> items) throws SQLException {
        CopyText rows = new CopyText();
        for (Item item : items) {
            if (item.content() instanceof Item.OfEvent(StoredEvent event, var _)) {
                rows.time(now)
                        .text(item.place().topic())
                        .number(item.place().partition())
                        .number(item.offset())
                        .text(event.key())
                        .text(event.id())
                        .text(event.type())
                        .text(event.source())
                        .time(event.time())
                        .text(event.subject())
                        .number(event.sequence())
                        .text(event.correlationId())
                        .uuid(event.orderId().orElse(null))
                        .text(event.causationId())
                        .text(event.traceId())
                        .text(event.data())
                        .endRow();
            }
        }
        copy(connection, EVENTS, rows);
    }

    static void logs(Connection connection, Instant now, List<Signal.Log> logs) throws SQLException {
        CopyText rows = new CopyText();
        for (Signal.Log log : logs) {
            rows.time(now)
                    .time(log.time())
                    .number(log.severity())
                    .text(log.source().service())
                    .text(log.source().instance())
                    .text(log.logger())
                    .text(log.message())
                    .text(log.thread())
                    .text(log.traceId())
                    .text(log.spanId())
                    .uuid(log.orderId().orElse(null))
                    .text(log.exception())
                    .text(log.attributes())
                    .endRow();
        }
        copy(connection, LOGS, rows);
    }

    static void samples(Connection connection, Instant now, List<Signal.Sample> samples) throws SQLException {
        CopyText rows = new CopyText();
        for (Signal.Sample sample : samples) {
            rows.time(now)
                    .time(sample.time())
                    .text(sample.source().service())
                    .text(sample.source().instance())
                    .text(sample.name())
                    .text(sample.kind())
                    .decimal(sample.value())
                    .number(sample.count())
                    .text(sample.attributes())
                    .endRow();
        }
        copy(connection, SAMPLES, rows);
    }

    static void spans(Connection connection, Instant now, List<Signal.Span> spans) throws SQLException {
        CopyText rows = new CopyText();
        for (Signal.Span span : spans) {
            rows.time(now)
                    .text(span.traceId())
                    .text(span.spanId())
                    .text(span.parentId())
                    .text(span.source().service())
                    .text(span.source().instance())
                    .text(span.name())
                    .number(span.kind())
                    .time(span.startedAt())
                    .number(span.durationNanos())
                    .truth(span.failed())
                    .text(span.attributes())
                    .endRow();
        }
        copy(connection, SPANS, rows);
    }

    private static void copy(Connection connection, String statement, CopyText rows) throws SQLException {
        if (rows.rows() == 0) {
            return;
        }
        byte[] bytes = rows.bytes();
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
