package io.millrace.inventory.stock;

import io.millrace.messaging.sql.SqlArrays;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The set-based SQL of receipts and of the movements they lead to. */
@Component
class ReceiptTable {

    private static final String BOOK = """
            insert into receipts (source, receipt_id, sku, location, quantity, received_at)
            select ?, receipt_id, sku, location, quantity, ?::timestamptz
              from unnest(?::text[], ?::text[], ?::text[], ?::int[]) as received(receipt_id, sku, location, quantity)
             order by receipt_id
                on conflict do nothing
            returning receipt_id
            """;
    private static final String BOOKED = """
            select receipt_id, sku, location, quantity from receipts where source = ? and receipt_id = any (?::text[])
            """;
    private static final String MOVE = """
            insert into movements (kind, sku, location, on_hand_change, source, source_id, at)
            select 'RECEIPT', sku, location, quantity, ?, receipt_id, ?::timestamptz
              from unnest(?::text[], ?::text[], ?::text[], ?::int[]) as received(receipt_id, sku, location, quantity)
            """;

    private final JdbcTemplate jdbc;

    ReceiptTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Books receipts; the ids of those that were not booked before. Waits for whoever is booking the same. */
    Set<String> book(String source, Collection<Receipt> receipts, Instant now) {
        return new HashSet<>(jdbc.query(
                BOOK,
                statement -> {
                    statement.setString(1, source);
                    statement.setObject(2, now.atOffset(ZoneOffset.UTC));
                    SqlArrays.set(statement, 3, "text", receipts, Receipt::receiptId);
                    SqlArrays.set(statement, 4, "text", receipts, Receipt::sku);
                    SqlArrays.set(statement, 5, "text", receipts, Receipt::location);
                    SqlArrays.set(statement, 6, "int4", receipts, Receipt::quantity);
                },
                (rows, _) -> rows.getString(1)));
    }

    /** Receipts that were booked, by id. */
    Map<String, Receipt> booked(String source, Collection<String> ids) {
        Map<String, Receipt> booked = new HashMap<>();
        jdbc.query(
                BOOKED,
                statement -> {
                    statement.setString(1, source);
                    SqlArrays.set(statement, 2, "text", ids, id -> id);
                },
                rows -> {
                    booked.put(
                            rows.getString(1),
                            new Receipt(rows.getString(1), rows.getString(2), rows.getString(3), rows.getInt(4)));
                });
        return booked;
    }

    void move(String source, Collection<Receipt> receipts, Instant now) {
        jdbc.update(MOVE, statement -> {
            statement.setString(1, source);
            statement.setObject(2, now.atOffset(ZoneOffset.UTC));
            SqlArrays.set(statement, 3, "text", receipts, Receipt::receiptId);
            SqlArrays.set(statement, 4, "text", receipts, Receipt::sku);
            SqlArrays.set(statement, 5, "text", receipts, Receipt::location);
            SqlArrays.set(statement, 6, "int4", receipts, Receipt::quantity);
        });
    }
}
