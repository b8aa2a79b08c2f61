package io.millrace.inventory.stock;

import io.millrace.messaging.sql.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The set-based SQL of levels. Rows are locked in the order of sku and location, everywhere; a transaction that also locks
 * rows of {@code availability} does so before.
 */
@Component
class LevelTable {

    private static final String COLUMNS = """
            select sku, location, on_hand, held, allocated, quarantined, short, incoming, version
              from levels
            """;
    private static final String READ = COLUMNS + " where sku = any (?::text[]) order by sku, location";
    private static final String LOCK = READ + " for update";

    /** Waits for whoever is about to change the levels, and keeps others from it. */
    private static final String LOCK_TO_READ = READ + " for share";

    private static final String PROMISE = """
            update levels
               set held = levels.held + change.held, allocated = levels.allocated + change.allocated, version = version + 1
              from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[]) as change(sku, location, held, allocated)
             where levels.sku = change.sku and levels.location = change.location
            """;
    private static final String RECEIVE = """
            insert into levels (sku, location, on_hand)
            select sku collate "C", location collate "C", sum(quantity)
              from unnest(?::text[], ?::text[], ?::bigint[]) as received(sku, location, quantity)
             group by 1, 2
             order by 1, 2
                on conflict (sku, location) do update
               set on_hand = levels.on_hand + excluded.on_hand, version = levels.version + 1
            """;

    private final JdbcTemplate jdbc;

    LevelTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Level> read(Collection<String> skus) {
        return query(READ, skus);
    }

    List<Level> lock(Collection<String> skus) {
        return query(LOCK, skus);
    }

    List<Level> lockToRead(Collection<String> skus) {
        return query(LOCK_TO_READ, skus);
    }

    void promise(Collection<LockedStock.Change> changes) {
        int updated = jdbc.update(PROMISE, statement -> {
            SqlArrays.set(statement, 1, "text", changes, change -> change.now().sku());
            SqlArrays.set(statement, 2, "text", changes, change -> change.now().location());
            SqlArrays.set(statement, 3, "int8", changes, LockedStock.Change::held);
            SqlArrays.set(statement, 4, "int8", changes, LockedStock.Change::allocated);
        });
        if (updated != changes.size()) {
            throw new IllegalStateException("of " + changes.size() + " levels under lock " + updated + " were written");
        }
    }

    void receive(Collection<Receipt> receipts) {
        jdbc.update(RECEIVE, statement -> {
            SqlArrays.set(statement, 1, "text", receipts, Receipt::sku);
            SqlArrays.set(statement, 2, "text", receipts, Receipt::location);
            SqlArrays.set(statement, 3, "int8", receipts, receipt -> (long) receipt.quantity());
        });
    }

    private List<Level> query(String sql, Collection<String> skus) {
        return jdbc.query(
                sql, statement -> SqlArrays.set(statement, 1, "text", skus, sku -> sku), (rows, _) -> level(rows));
    }

    private static Level level(ResultSet rows) throws SQLException {
        return new Level(
                rows.getString(1),
                rows.getString(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9));
    }
}
