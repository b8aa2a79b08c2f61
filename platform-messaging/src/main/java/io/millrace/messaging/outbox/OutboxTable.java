package io.millrace.messaging.outbox;

import io.millrace.messaging.sql.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The SQL of the outbox: set-based, a statement per batch. */
final class OutboxTable {

    private static final String INSERT = """
            insert into outbox (event_id, topic, record_key, lane, type, subject, sequence, occurred_at, correlation_id,
                                causation_id, traceparent, payload)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::smallint[], ?::text[], ?::text[], ?::bigint[],
                                 ?::timestamptz[], ?::text[], ?::uuid[], ?::text[], ?::bytea[])
            """;

    private static final String UNPUBLISHED = """
            select id, event_id, topic, record_key, lane, type, subject, sequence, occurred_at, correlation_id, causation_id,
                   traceparent, payload
              from outbox
             where id <> all (?::bigint[])
               and (topic, lane) not in (select * from unnest(?::text[], ?::smallint[]))
             order by id
             limit ?
            """;

    /** Moves rows only while the caller's epoch is the present one; the lock keeps it so until the commit. */
    private static final String PUBLISHED = """
            with present as materialized (select 1 from outbox_lease where name = 'relay' and epoch = ? for share),
                 gone as (delete from outbox
                           using unnest(?::bigint[]) as acknowledged(id)
                           where outbox.id = acknowledged.id and exists (select 1 from present)
                       returning outbox.*),
                 kept as (insert into outbox_published
                          select event_id, topic, record_key, type, subject, sequence, occurred_at, correlation_id,
                                 causation_id, traceparent, payload, created_at, clock_timestamp()
                            from gone)
            select exists (select 1 from present)
            """;

    private final JdbcTemplate jdbc;

    OutboxTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    record NewRow(
            UUID eventId,
            String topic,
            String key,
            int lane,
            String type,
            String subject,
            long sequence,
            Instant time,
            String correlationId,
            @Nullable UUID causationId,
            @Nullable String traceparent,
            byte[] payload) {}

    record Row(
            long id,
            UUID eventId,
            String topic,
            String key,
            int lane,
            String type,
            String subject,
            long sequence,
            Instant time,
            String correlationId,
            @Nullable UUID causationId,
            @Nullable String traceparent,
            byte[] payload) {}

    void insert(List<NewRow> rows) {
        jdbc.update(INSERT, statement -> {
            SqlArrays.set(statement, 1, "uuid", rows, NewRow::eventId);
            SqlArrays.set(statement, 2, "text", rows, NewRow::topic);
            SqlArrays.set(statement, 3, "text", rows, NewRow::key);
            SqlArrays.set(statement, 4, "int2", rows, row -> (short) row.lane());
            SqlArrays.set(statement, 5, "text", rows, NewRow::type);
            SqlArrays.set(statement, 6, "text", rows, NewRow::subject);
            SqlArrays.set(statement, 7, "int8", rows, NewRow::sequence);
            SqlArrays.set(statement, 8, "timestamptz", rows, row -> row.time().atOffset(ZoneOffset.UTC));
            SqlArrays.set(statement, 9, "text", rows, NewRow::correlationId);
            SqlArrays.set(statement, 10, "uuid", rows, NewRow::causationId);
            SqlArrays.set(statement, 11, "text", rows, NewRow::traceparent);
            SqlArrays.setBytes(statement, 12, rows, NewRow::payload);
        });
    }

    /** The oldest rows that are neither in flight nor in a lane that is held back. */
    List<Row> unpublished(Collection<Long> inFlight, Collection<LaneKey> heldBack, int limit) {
        return jdbc.query(
                UNPUBLISHED,
                statement -> {
                    SqlArrays.set(statement, 1, "int8", inFlight, id -> id);
                    SqlArrays.set(statement, 2, "text", heldBack, LaneKey::topic);
                    SqlArrays.set(statement, 3, "int2", heldBack, key -> (short) key.lane());
                    statement.setInt(4, limit);
                },
                (rows, _) -> row(rows));
    }

    /**
     * Records that the brokers have acknowledged these rows.
     *
     * @return false when the lease has passed to another holder, and nothing was recorded
     */
    boolean markPublished(Collection<Long> ids, long epoch) {
        Boolean present = jdbc.query(
                PUBLISHED,
                statement -> {
                    statement.setLong(1, epoch);
                    SqlArrays.set(statement, 2, "int8", ids, id -> id);
                },
                rows -> rows.next() && rows.getBoolean(1));
        return Boolean.TRUE.equals(present);
    }

    private static Row row(ResultSet rows) throws SQLException {
        return new Row(
                rows.getLong(1),
                rows.getObject(2, UUID.class),
                rows.getString(3),
                rows.getString(4),
                rows.getInt(5),
                rows.getString(6),
                rows.getString(7),
                rows.getLong(8),
                rows.getObject(9, OffsetDateTime.class).toInstant(),
                rows.getString(10),
                rows.getObject(11, UUID.class),
                rows.getString(12),
                rows.getBytes(13));
    }
}
