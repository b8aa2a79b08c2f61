package io.millrace.order.payment;

import io.millrace.events.Money;
import io.millrace.messaging.EventIds;
import io.millrace.messaging.sql.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The payment attempts: begun and given back with the state of their orders, in one transaction with it; worked on after
 * it has committed.
 */
@Component
public class PaymentAttempts {

    private static final String BEGIN = """
            insert into payment_attempts (id, order_id, amount_minor, currency, payment_token, status, due_at, created_at,
                                          updated_at)
            select wanted.id, wanted.order_id, wanted.amount_minor, wanted.currency, contents.payment_token, 'INTENT',
                   ?::timestamptz, ?::timestamptz, ?::timestamptz
              from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::text[]) as wanted(id, order_id, amount_minor, currency)
              join order_contents contents on contents.order_id = wanted.order_id
            returning id, order_id, amount_minor, currency, payment_token, status, void_requested, tries
            """;
    private static final String GIVE_BACK = """
            update payment_attempts
               set void_requested = true, due_at = ?::timestamptz, updated_at = ?::timestamptz
             where order_id = any (?::uuid[]) and status in ('INTENT', 'UNKNOWN', 'AUTHORISED')
            """;
    private static final String GIVE_BACK_SETTLED = """
            update payment_attempts
               set status = 'AUTHORISED', void_requested = true, due_at = ?::timestamptz, updated_at = ?::timestamptz
             where id = ? and status = 'DECLINED'
            """;
    private static final String CLAIM = """
            update payment_attempts
               set due_at = ?::timestamptz, tries = tries + 1, updated_at = ?::timestamptz
             where id in (select id from payment_attempts
                           where due_at <= ?::timestamptz
                           order by due_at
                           limit ?
                             for update skip locked)
            returning id, order_id, amount_minor, currency, payment_token, status, void_requested, tries
            """;
    private static final String LOCK = """
            select id, order_id, amount_minor, currency, payment_token, status, void_requested, tries
              from payment_attempts
             where id = any (?::uuid[])
             order by id
               for update
            """;
    private static final String UPDATE = """
            update payment_attempts
               set status = changed.status, code = coalesce(changed.code, payment_attempts.code), due_at = changed.due_at,
                   updated_at = ?::timestamptz
              from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[]) as changed(id, status, code, due_at)
             where payment_attempts.id = changed.id
            """;

    private static final String SET_ASIDE = """
            update payment_attempts
               set due_at = 'infinity', failure = aside.cause
              from unnest(?::uuid[], ?::text[]) as aside(id, cause)
             where payment_attempts.id = aside.id and due_at is not null
            """;
    private static final String RESUME = """
            update payment_attempts set due_at = ?::timestamptz, failure = null where due_at = 'infinity'
            """;

    private final JdbcTemplate jdbc;
    private final PaymentProperties properties;
    private final ApplicationEventPublisher announcements;

    PaymentAttempts(JdbcTemplate jdbc, PaymentProperties properties, ApplicationEventPublisher announcements) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.announcements = announcements;
    }

    /** An order's total that is to be authorised. */
    public record Wanted(UUID orderId, Money amount) {}

    /** Attempts were committed and are this instance's to work on. */
    record Begun(List<PaymentAttempt> attempts) {}

    /** Attempts are due that may be anybody's. */
    record Due() {}

    /** What was claimed: attempts, and rows that can't be understood. */
    record Claimed(List<PaymentAttempt> attempts, List<Unreadable> unreadable) {}

    /** A row that can't be understood, such as one of a status that this version does not know. */
    record Unreadable(UUID id, UUID orderId, String cause) {}

    /** What an attempt is to become; a due time of null settles it. */
    record Change(
            UUID id,
            AttemptStatus status,
            @Nullable String code,
            @Nullable Instant dueAt) {}

    /** Begins an attempt for each order, in the caller's transaction; the provider is called once that has committed. */
    public void authorise(Collection<Wanted> wanted, Instant now) {
        if (wanted.isEmpty()) {
            return;
        }
        List<Identified> rows = wanted.stream()
                .map(each -> new Identified(EventIds.next(), each))
                .toList();
        List<PaymentAttempt> begun = jdbc.query(
                BEGIN,
                statement -> {
                    // Claimed from the start by this instance; should it die, another finds them when the claim ends.
                    statement.setObject(1, utc(now.plus(properties.claimFor())));
                    statement.setObject(2, utc(now));
                    statement.setObject(3, utc(now));
                    SqlArrays.set(statement, 4, "uuid", rows, Identified::id);
                    SqlArrays.set(statement, 5, "uuid", rows, row -> row.wanted.orderId());
                    SqlArrays.set(
                            statement,
                            6,
                            "int8",
                            rows,
                            row -> row.wanted.amount().minorUnits());
                    SqlArrays.set(
                            statement,
                            7,
                            "text",
                            rows,
                            row -> row.wanted.amount().currency());
                },
                (row, _) -> attempt(row));
        afterCommit(new Begun(begun));
    }

    private record Identified(UUID id, Wanted wanted) {}

    /** Asks for whatever was or may yet be authorised for the orders to be given back, in the caller's transaction. */
    public void giveBack(Collection<UUID> orderIds, Instant now) {
        if (orderIds.isEmpty()) {
            return;
        }
        jdbc.update(GIVE_BACK, statement -> {
            statement.setObject(1, utc(now));
            statement.setObject(2, utc(now));
            SqlArrays.set(statement, 3, "uuid", orderIds, id -> id);
        });
        afterCommit(new Due());
    }

    /** Has an attempt given back that was settled as declined and turns out to be authorised. */
    void giveBackSettled(UUID id, Instant now) {
        jdbc.update(GIVE_BACK_SETTLED, utc(now), utc(now), id);
        afterCommit(new Due());
    }

    /**
     * Takes attempts that are due; for a while nobody else gets them. One that can't be understood keeps no other from its
     * way.
     */
    Claimed claim(Instant now, int limit) {
        Claimed claimed = new Claimed(new ArrayList<>(), new ArrayList<>());
        RowCallbackHandler add = row -> add(row, claimed);
        jdbc.query(CLAIM, add, utc(now.plus(properties.claimFor())), utc(now), utc(now), limit);
        return claimed;
    }

    /** Leaves attempts alone, with the cause beside them, until {@link #resume}. */
    void setAside(Collection<Unreadable> attempts) {
        jdbc.update(SET_ASIDE, statement -> {
            SqlArrays.set(statement, 1, "uuid", attempts, Unreadable::id);
            SqlArrays.set(statement, 2, "text", attempts, Unreadable::cause);
        });
    }

    /** Has those that were set aside worked on again: another version may understand them. Returns how many. */
    int resume(Instant now) {
        return jdbc.update(RESUME, utc(now));
    }

    /** Locks attempts in the database's order of their ids; without those that can't be understood. */
    List<PaymentAttempt> lock(Collection<UUID> ids) {
        return read(LOCK, ids);
    }

    /** Attempts by id, without a lock; without those that can't be understood. */
    List<PaymentAttempt> find(Collection<UUID> ids) {
        return read(LOCK.replace("for update", ""), ids);
    }

    private List<PaymentAttempt> read(String query, Collection<UUID> ids) {
        Claimed read = new Claimed(new ArrayList<>(), new ArrayList<>());
        RowCallbackHandler add = row -> add(row, read);
        jdbc.query(query, statement -> SqlArrays.set(statement, 1, "uuid", ids, id -> id), add);
        return read.attempts;
    }

    void update(Collection<Change> changes, Instant now) {
        jdbc.update(UPDATE, statement -> {
            statement.setObject(1, utc(now));
            SqlArrays.set(statement, 2, "uuid", changes, Change::id);
            SqlArrays.set(statement, 3, "text", changes, change -> change.status.name());
            SqlArrays.set(statement, 4, "text", changes, Change::code);
            SqlArrays.set(
                    statement, 5, "timestamptz", changes, change -> change.dueAt == null ? null : utc(change.dueAt));
        });
    }

    private void afterCommit(Object announcement) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                announcements.publishEvent(announcement);
            }
        });
    }

    private static void add(ResultSet row, Claimed claimed) throws SQLException {
        try {
            claimed.attempts.add(attempt(row));
        } catch (RuntimeException e) {
            // Whatever it is that can't be read of this row: those beside it must be worked on.
            claimed.unreadable.add(new Unreadable(
                    row.getObject(1, UUID.class),
                    row.getObject(2, UUID.class),
                    "unreadable: " + e.getClass().getSimpleName()));
        }
    }

    private static PaymentAttempt attempt(ResultSet row) throws SQLException {
        return new PaymentAttempt(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                new Money(row.getLong(3), row.getString(4)),
                row.getString(5),
                AttemptStatus.valueOf(row.getString(6)),
                row.getBoolean(7),
                row.getInt(8));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
