package io.millrace.inventory.reservation;

import io.millrace.messaging.sql.SqlArrays;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The set-based SQL of reservations. Rows are locked in the order of their ids, and before any level. */
@Component
class ReservationTable {

    private static final String LOCK = """
            select order_id, status, applied, holds
              from reservations
             where order_id = any (?::uuid[])
             order by order_id
               for update
            """;

    /** An order that another instance has just reserved, while this one took it for new, is refused by the key. */
    private static final String INSERT = """
            insert into reservations (order_id, status, applied, created_at, holds)
            select order_id, status, applied, ?::timestamptz, holds::jsonb
              from unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[]) as made(order_id, status, applied, holds)
             order by order_id
            """;

    private static final String UPDATE = """
            update reservations
               set status = changed.status, applied = changed.applied
              from unnest(?::uuid[], ?::text[], ?::bigint[]) as changed(order_id, status, applied)
             where reservations.order_id = changed.order_id
            """;
    private static final String PRUNE = """
            delete from reservations
             where ctid = any (array(select ctid from reservations
                                      where created_at < ? and status in ('RELEASED', 'REJECTED') limit ?))
            """;

    private final JdbcTemplate jdbc;

    ReservationTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<UUID, Reservation> lock(Collection<UUID> orderIds) {
        Map<UUID, Reservation> found = new HashMap<>();
        jdbc.query(LOCK, statement -> SqlArrays.set(statement, 1, "uuid", orderIds, id -> id), rows -> {
            UUID orderId = rows.getObject(1, UUID.class);
            found.put(
                    orderId,
                    new Reservation(
                            orderId,
                            ReservationStatus.valueOf(rows.getString(2)),
                            rows.getLong(3),
                            HoldsJson.read(rows.getString(4))));
        });
        return found;
    }

    void insert(Collection<Reservation> reservations, Instant now) {
        jdbc.update(INSERT, statement -> {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            SqlArrays.set(statement, 2, "uuid", reservations, Reservation::orderId);
            SqlArrays.set(
                    statement, 3, "text", reservations, row -> row.status().name());
            SqlArrays.set(statement, 4, "int8", reservations, Reservation::applied);
            SqlArrays.set(statement, 5, "text", reservations, row -> HoldsJson.write(row.holds()));
        });
    }

    /** Writes status and sequence; what is held where never changes. */
    void update(Collection<Reservation> reservations) {
        jdbc.update(UPDATE, statement -> {
            SqlArrays.set(statement, 1, "uuid", reservations, Reservation::orderId);
            SqlArrays.set(
                    statement, 2, "text", reservations, row -> row.status().name());
            SqlArrays.set(statement, 3, "int8", reservations, Reservation::applied);
        });
    }

    /** Deletes so many reservations at most that were made before and to which nothing is promised. */
    int prune(Instant before, int limit) {
        return jdbc.update(PRUNE, before.atOffset(ZoneOffset.UTC), limit);
    }
}
