package io.millrace.monitoring.ingest;

import io.millrace.monitoring.telemetry.Signal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies rows into the partitioned tables, some at a time. Each returns how many bytes that were. */
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

    /** Characters that are gathered before they are sent. */
    private static final int SENT_AT_ONCE = 128 * 1024;

    private Tables() {}

    static long events(Connection connection, Instant now, List<Item> items) throws SQLException {
        return copy(connection, EVENTS, items, (rows, item) -> {
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
        });
    }

    static long logs(Connection connection, Instant now, List<Signal.Log> logs) throws SQLException {
        return copy(
                connection,
                LOGS,
                logs,
                (rows, log) -> rows.time(now)
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
                        .endRow());
    }

    static long samples(Connection connection, Instant now, List<Signal.Sample> samples) throws SQLException {
        return copy(
                connection,
                SAMPLES,
                samples,
                (rows, sample) -> rows.time(now)
                        .time(sample.time())
                        .text(sample.source().service())
                        .text(sample.source().instance())
                        .text(sample.name())
                        .text(sample.kind())
                        .decimal(sample.value())
                        .number(sample.count())
                        .text(sample.attributes())
                        .endRow());
    }

    static long spans(Connection connection, Instant now, List<Signal.Span> spans) throws SQLException {
        return copy(
                connection,
                SPANS,
                spans,
                (rows, span) -> rows.time(now)
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
                        .endRow());
    }

    private static <T> long copy(
            Connection connection, String statement, List<T> all, BiConsumer<CopyText, ? super T> write)
            throws SQLException {
        if (all.isEmpty()) {
            return 0;
        }
        CopyText rows = new CopyText();
        long sent = 0;
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            for (T each : all) {
                write.accept(rows, each);
                if (rows.length() >= SENT_AT_ONCE) {
                    sent += send(copy, rows);
                }
            }
            sent += send(copy, rows);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        return sent;
    }

    private static int send(CopyIn copy, CopyText rows) throws SQLException {
        byte[] bytes = rows.take();
        copy.writeToCopy(bytes, 0, bytes.length);
        return bytes.length;
    }
}
