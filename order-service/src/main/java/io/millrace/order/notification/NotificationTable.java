package io.millrace.order.notification;

import io.millrace.events.Money;
import io.millrace.events.order.NotificationKind;
import io.millrace.events.order.RejectionReason;
import io.millrace.messaging.sql.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The mails that are owed, many rows in each statement. Times are the database's, as several instances share the rows. */
@Component
class NotificationTable {

    private static final String INSERT = """
            with wanted as (
                select * from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[])
                           as wanted(order_id, kind, reason, caused_by, occurred_at)
            ), added as (
                insert into notifications (order_id, kind, reason, caused_by, occurred_at, created_at, due_at)
                select wanted.order_id, wanted.kind, wanted.reason, wanted.caused_by, wanted.occurred_at,
                       statement_timestamp(), statement_timestamp()
                  from wanted join order_contents contents on contents.order_id = wanted.order_id
                 order by wanted.order_id, wanted.kind
                on conflict do nothing
            )
            select order_id from wanted
             where not exists (select 1 from order_contents contents where contents.order_id = wanted.order_id)
            """;
    private static final String CLAIM = """
            with due as (
                select order_id, kind from notifications
                 where due_at <= statement_timestamp()
                 order by due_at
                 limit ?
                   for update skip locked
            ), claimed as (
                update notifications taken
                   set due_at = clock_timestamp() + make_interval(secs => ?), tries = taken.tries + 1
                  from due
                 where taken.order_id = due.order_id and taken.kind = due.kind
                returning taken.order_id, taken.kind, taken.reason, taken.occurred_at
            )
            select claimed.order_id, claimed.kind, claimed.reason, claimed.occurred_at, contents.email,
                   contents.ship_to ->> 'name', contents.lines::text, orders.total_minor, orders.currency
              from claimed
              join orders on orders.id = claimed.order_id
              join order_contents contents on contents.order_id = claimed.order_id
            """;
    private static final String LOCK = """
            select order_id, kind, status = 'WAITING', tries, created_at <= clock_timestamp() - make_interval(secs => ?),
                   caused_by, event_sequence
              from notifications
             where order_id = any (?::uuid[])
             order by order_id, kind
               for update
            """;
    private static final String UPDATE = """
            update notifications
               set status = changed.status, failure = changed.failure, event_sequence = changed.event_sequence,
                   due_at = clock_timestamp() + make_interval(secs => changed.wait)
              from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::float8[])
                as changed(order_id, kind, status, failure, event_sequence, wait)
             where notifications.order_id = changed.order_id and notifications.kind = changed.kind
            """;
    /** Counts no further than the bound: beyond it the exact figure does not matter and would cost time. */
    private static final String BACKLOG = """
            select (select count(*) from (select 1 from notifications where due_at is not null limit ?) waiting),
                   (select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)
                      from notifications where due_at is not null)
            """;

    private static final String PRUNE = """
            delete from notifications
             where (order_id, kind) in (select order_id, kind from notifications
                                         where created_at < clock_timestamp() - make_interval(secs => ?)
                                           and due_at is null
                                         limit ?)
            """;
    private static final JsonMapper LINES = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final JdbcTemplate jdbc;

    NotificationTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A row under lock. */
    record Locked(
            Notice.Key key,
            boolean waiting,
            int tries,
            boolean overdue,
            UUID causedBy,
            @Nullable Long sequence) {}

    /** What a row is to become: one without a wait is settled. */
    record Change(
            Notice.Key key,
            String status,
            @Nullable String failure,
            @Nullable Long sequence,
            @Nullable Duration retryIn) {}

    /** How many wait, counted up to a bound, and how long the oldest has. */
    record Backlog(long waiting, double oldestSeconds) {}

    /** Adds what is not there yet; returns the orders among them that this database does not know. */
    List<UUID> insert(Collection<Notifications.Owed> owed) {
        return jdbc.query(
                INSERT,
                statement -> {
                    SqlArrays.set(statement, 1, "uuid", owed, Notifications.Owed::orderId);
                    SqlArrays.set(
                            statement, 2, "text", owed, each -> each.kind().name());
                    SqlArrays.set(statement, 3, "text", owed, each -> name(each.reason()));
                    SqlArrays.set(statement, 4, "uuid", owed, Notifications.Owed::eventId);
                    SqlArrays.set(
                            statement, 5, "timestamptz", owed, each -> each.at().atOffset(ZoneOffset.UTC));
                },
                (row, _) -> row.getObject(1, UUID.class));
    }

    /** Takes what is due; for a while nobody else gets it. */
    List<Notice> claim(int limit, Duration claimFor) {
        return jdbc.query(CLAIM, (row, _) -> notice(row), limit, seconds(claimFor));
    }

    /** Locks all that is or was owed about these orders, in the database's order. */
    List<Locked> lock(Collection<UUID> orderIds, Duration retryFor) {
        return jdbc.query(
                LOCK,
                statement -> {
                    statement.setDouble(1, seconds(retryFor));
                    SqlArrays.set(statement, 2, "uuid", orderIds, id -> id);
                },
                (row, _) -> new Locked(
                        new Notice.Key(row.getObject(1, UUID.class), NotificationKind.valueOf(row.getString(2))),
                        row.getBoolean(3),
                        row.getInt(4),
                        row.getBoolean(5),
                        row.getObject(6, UUID.class),
                        row.getObject(7, Long.class)));
    }

    void update(Collection<Change> changes) {
        jdbc.update(UPDATE, statement -> {
            SqlArrays.set(statement, 1, "uuid", changes, change -> change.key().orderId());
            SqlArrays.set(
                    statement, 2, "text", changes, change -> change.key().kind().name());
            SqlArrays.set(statement, 3, "text", changes, Change::status);
            SqlArrays.set(statement, 4, "text", changes, Change::failure);
            SqlArrays.set(statement, 5, "int8", changes, Change::sequence);
            SqlArrays.set(
                    statement, 6, "float8", changes, change -> change.retryIn == null ? null : seconds(change.retryIn));
        });
    }

    Backlog backlog(int bound) {
        return jdbc.query(BACKLOG, (row, _) -> new Backlog(row.getLong(1), row.getDouble(2)), bound)
                .getFirst();
    }

    /** Deletes settled rows past their time; returns how many. */
    int prune(Duration keepFor, int limit) {
        return jdbc.update(PRUNE, seconds(keepFor), limit);
    }

    private static Notice notice(ResultSet row) throws SQLException {
        String reason = row.getString(3);
        String currency = row.getString(9);
        String name = row.getString(6);
        return new Notice(
                row.getObject(1, UUID.class),
                NotificationKind.valueOf(row.getString(2)),
                reason == null ? null : RejectionReason.valueOf(reason),
                instant(row, 4),
                row.getString(5),
                name == null ? "" : name,
                LINES.readValue(row.getString(7), new TypeReference<List<Notice.Line>>() {}),
                new Money(row.getLong(8), currency));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable String name(@Nullable RejectionReason reason) {
        return reason == null ? null : reason.name();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
