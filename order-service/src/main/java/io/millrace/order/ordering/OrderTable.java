package io.millrace.order.ordering;

import io.millrace.events.Money;
import io.millrace.events.order.RejectionReason;
import io.millrace.messaging.sql.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The set-based SQL of orders: a statement per batch, rows locked in the database's order of their ids. */
@Component
class OrderTable {

    private static final String INSERT_ORDERS = """
            insert into orders (id, customer_id, status, stock, fraud, payment, total_minor, currency, placed_at, decide_by,
                                order_sequence, transaction_sequence, version, history)
            select id, customer_id, 'PENDING', 'UNKNOWN', 'UNKNOWN', 'NONE', total_minor, currency, placed_at, decide_by,
                   1, 1, 0, history::jsonb
              from unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[])
                as placed(id, customer_id, total_minor, currency, placed_at, decide_by, history)
            """;
    private static final String INSERT_CONTENTS = """
            insert into order_contents (order_id, lines, ship_to, email, payment_token, visitor_id, device_id, decide_by)
            select order_id, lines::jsonb, ship_to::jsonb, email, payment_token, visitor_id, device_id, decide_by
              from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
                as placed(order_id, lines, ship_to, email, payment_token, visitor_id, device_id, decide_by)
            """;
    private static final String LOCK = """
            select id, customer_id, status, stock, fraud, payment, rejection, total_minor, currency, decide_by,
                   order_sequence, transaction_sequence
              from orders
             where id = any (?::uuid[])
             order by id
               for update
            """;
    private static final String UPDATE = """
            update orders
               set status = changed.status, stock = changed.stock, fraud = changed.fraud, payment = changed.payment,
                   rejection = changed.rejection, decide_by = changed.decide_by, order_sequence = changed.order_sequence,
                   transaction_sequence = changed.transaction_sequence, version = orders.version + 1,
                   history = orders.history || changed.history::jsonb
              from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::bigint[],
                          ?::bigint[], ?::text[])
                as changed(id, status, stock, fraud, payment, rejection, decide_by, order_sequence, transaction_sequence,
                           history)
             where orders.id = changed.id
            """;
    private static final String OVERDUE = """
            select id from orders
             where status in ('PENDING', 'ON_HOLD') and decide_by <= ?
             order by decide_by
             limit ?
            """;
    private static final String UNDECIDED = """
            select count(*) from (select 1 from orders where status = 'PENDING' limit ?) undecided
            """;

    private final JdbcTemplate jdbc;

    OrderTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** An order row under lock. */
    record Locked(OrderState state, String customerId, long orderSequence, long transactionSequence) {}

    /** A changed order, with the transitions to add to its history. */
    record Changed(OrderState state, long orderSequence, long transactionSequence, List<Transition> transitions) {}

    void insert(Collection<PlacedOrder> orders) {
        jdbc.update(INSERT_ORDERS, statement -> {
            SqlArrays.set(statement, 1, "uuid", orders, PlacedOrder::id);
            SqlArrays.set(statement, 2, "text", orders, order -> order.request().customerId());
            SqlArrays.set(statement, 3, "int8", orders, order -> order.total().minorUnits());
            SqlArrays.set(statement, 4, "text", orders, order -> order.total().currency());
            SqlArrays.set(statement, 5, "timestamptz", orders, order -> utc(order.placedAt()));
            SqlArrays.set(statement, 6, "timestamptz", orders, order -> utc(order.decideBy()));
            SqlArrays.set(statement, 7, "text", orders, order -> OrderJson.history(List.of(order.placing())));
        });
        jdbc.update(INSERT_CONTENTS, statement -> {
            SqlArrays.set(statement, 1, "uuid", orders, PlacedOrder::id);
            SqlArrays.set(statement, 2, "text", orders, order -> OrderJson.lines(order.lines()));
            SqlArrays.set(
                    statement,
                    3,
                    "text",
                    orders,
                    order -> OrderJson.address(order.request().shipTo()));
            SqlArrays.set(statement, 4, "text", orders, order -> order.request().email());
            SqlArrays.set(statement, 5, "text", orders, order -> order.request().paymentToken());
            SqlArrays.set(statement, 6, "text", orders, order -> order.request().visitorId());
            SqlArrays.set(statement, 7, "text", orders, order -> order.request().deviceId());
            SqlArrays.set(statement, 8, "timestamptz", orders, order -> utc(order.decideBy()));
        });
    }

    List<Locked> lock(Collection<UUID> ids) {
        return jdbc.query(
                LOCK,
                statement -> SqlArrays.set(statement, 1, "uuid", ids, id -> id),
                (rows, _) -> new Locked(
                        state(rows),
                        rows.getString("customer_id"),
                        rows.getLong("order_sequence"),
                        rows.getLong("transaction_sequence")));
    }

    void update(Collection<Changed> changed) {
        jdbc.update(UPDATE, statement -> {
            SqlArrays.set(statement, 1, "uuid", changed, row -> row.state().id());
            SqlArrays.set(
                    statement, 2, "text", changed, row -> row.state().status().name());
            SqlArrays.set(
                    statement, 3, "text", changed, row -> row.state().stock().name());
            SqlArrays.set(
                    statement, 4, "text", changed, row -> row.state().fraud().name());
            SqlArrays.set(
                    statement, 5, "text", changed, row -> row.state().payment().name());
            SqlArrays.set(statement, 6, "text", changed, row -> {
                RejectionReason reason = row.state().rejection();
                return reason == null ? null : reason.name();
            });
            SqlArrays.set(
                    statement, 7, "timestamptz", changed, row -> utc(row.state().decideBy()));
            SqlArrays.set(statement, 8, "int8", changed, Changed::orderSequence);
            SqlArrays.set(statement, 9, "int8", changed, Changed::transactionSequence);
            SqlArrays.set(statement, 10, "text", changed, row -> OrderJson.history(row.transitions()));
        });
    }

    /** Undecided orders whose deadline is over, longest overdue first. */
    List<UUID> overdue(Instant now, int limit) {
        return jdbc.query(OVERDUE, (rows, _) -> rows.getObject(1, UUID.class), utc(now), limit);
    }

    /** How many orders are undecided, counted no further than the limit. */
    long undecided(long limit) {
        Long count = jdbc.queryForObject(UNDECIDED, Long.class, limit);
        return count == null ? 0 : count;
    }

    private static OrderState state(ResultSet rows) throws SQLException {
        String rejection = rows.getString("rejection");
        return new OrderState(
                rows.getObject("id", UUID.class),
                OrderStatus.valueOf(rows.getString("status")),
                StockAnswer.valueOf(rows.getString("stock")),
                FraudAnswer.valueOf(rows.getString("fraud")),
                PaymentState.valueOf(rows.getString("payment")),
                rejection == null ? null : RejectionReason.valueOf(rejection),
                new Money(rows.getLong("total_minor"), rows.getString("currency")),
                rows.getObject("decide_by", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
