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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
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
            select order_id, kind, status = 'WAITING', tries,
                   coalesce(deferred_since <= clock_timestamp() - make_interval(secs => ?), false), caused_by, event_sequence
              from notifications
             where order_id = any (?::uuid[])
             order by order_id, kind
               for update
            """;
    private static final String UPDATE = """
            update notifications
               set status = changed.status, failure = changed.failure, event_sequence = changed.event_sequence,
                   due_at = clock_timestamp() + make_interval(secs => changed.wait),
                   failing_since = case when changed.wait is null then notifications.failing_since
                                        else coalesce(notifications.failing_since, clock_timestamp()) end,
                   deferred_since = case when changed.deferred
                                         then coalesce(notifications.deferred_since, clock_timestamp())
                                         else notifications.deferred_since end
              from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::float8[], ?::boolean[])
                as changed(order_id, kind, status, failure, event_sequence, wait, deferred)
             where notifications.order_id = changed.order_id and notifications.kind = changed.kind
            """;
    private static final String SET_ASIDE = """
            update notifications
               set due_at = 'infinity', failure = aside.cause
              from unnest(?::uuid[], ?::text[], ?::text[]) as aside(order_id, kind, cause)
             where notifications.order_id = aside.order_id and notifications.kind = aside.kind
               and notifications.due_at is not null
            """;
    private static final String RESUME = """
            update notifications set due_at = statement_timestamp() where due_at = 'infinity'
            """;
    /** Counts no further than the bound: beyond it the exact figure does not matter and would cost time. */
    private static final String BACKLOG = """
            select (select count(*) from (select 1 from notifications where due_at < 'infinity' limit ?) waiting),
                   (select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)
                      from notifications where due_at is not null and due_at < 'infinity'),
                   (select coalesce(extract(epoch from clock_timestamp() - min(failing_since)), 0)
                      from notifications
                     where due_at is not null and failing_since is not null and due_at < 'infinity')
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

    /** What was claimed: mails, and what no mail can be made of. */
    record Claimed(List<Notice> notices, List<Unreadable> unreadable) {}

    /** A row that can't be understood; its kind may be one that this version does not know. */
    record Unreadable(UUID orderId, String kind, String cause) {}

    /** A row under lock. Its kind may be one that this version does not know. */
    record Locked(
            UUID orderId,
            String kind,
            boolean waiting,
            int tries,
            boolean overdue,
            UUID causedBy,
            @Nullable Long sequence) {}

    /** What a row is to become: one without a wait is settled. {@code deferred} says that the server would not take it now. */
    record Change(
            Notice.Key key,
            String status,
            @Nullable String failure,
            @Nullable Long sequence,
            @Nullable Duration retryIn,
            boolean deferred) {}

    /** How many wait, counted up to a bound, how long the oldest has, and how long that which fails for longest has failed. */
    record Backlog(long waiting, double oldestSeconds, double failingSeconds) {}

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

    /** Takes what is due; for a while nobody else gets it. A row that can't be understood keeps no other from its way. */
    Claimed claim(int limit, Duration claimFor) {
        Claimed claimed = new Claimed(new ArrayList<>(), new ArrayList<>());
        jdbc.query(CLAIM, (RowCallbackHandler) row -> add(row, claimed), limit, seconds(claimFor));
        return claimed;
    }

    /** Leaves rows alone, with the cause beside them, until {@link #resume}. */
    void setAside(Collection<Unreadable> rows) {
        jdbc.update(SET_ASIDE, statement -> {
            SqlArrays.set(statement, 1, "uuid", rows, Unreadable::orderId);
            SqlArrays.set(statement, 2, "text", rows, Unreadable::kind);
            SqlArrays.set(statement, 3, "text", rows, Unreadable::cause);
        });
    }

    /** Has those that were set aside tried again: another version may understand them. Returns how many. */
    int resume() {
        return jdbc.update(RESUME);
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
                        row.getObject(1, UUID.class),
                        row.getString(2),
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
            SqlArrays.set(statement, 7, "bool", changes, Change::deferred);
        });
    }

    Backlog backlog(int bound) {
        return jdbc.query(BACKLOG, (row, _) -> new Backlog(row.getLong(1), row.getDouble(2), row.getDouble(3)), bound)
                .getFirst();
    }

    /** Deletes settled rows past their time; returns how many. */
    int prune(Duration keepFor, int limit) {
        return jdbc.update(PRUNE, seconds(keepFor), limit);
    }

    private static void add(ResultSet row, Claimed claimed) throws SQLException {
        try {
            claimed.notices.add(notice(row));
        } catch (RuntimeException e) {
            // Whatever it is that can't be read of this row: those claimed with it must be sent.
            claimed.unreadable.add(new Unreadable(row.getObject(1, UUID.class), row.getString(2), cause(e)));
        }
    }

    /** Without what the row holds, which may be personal. */
    private static String cause(RuntimeException failure) {
        return "unreadable: " + failure.getClass().getSimpleName();
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
                List.copyOf(LINES.readValue(row.getString(7), new TypeReference<List<Notice.Line>>() {})),
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
