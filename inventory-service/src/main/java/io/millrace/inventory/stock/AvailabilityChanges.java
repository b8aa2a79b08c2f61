package io.millrace.inventory.stock;

import io.millrace.messaging.sql.SqlArrays;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Which products' availability has changed since it was published. A product that is marked already costs a look-up and no
 * write, so that a product everybody wants is marked once between two publications, however many orders there are.
 *
 * <p>A mark is set under the lock of the level that changed. The publisher takes the same lock before it removes the mark:
 * either it sees the change, or the change comes later and finds no mark.
 */
@Component
class AvailabilityChanges {

    private static final String MARK = """
            insert into availability_changes (sku)
            select sku collate "C" from unnest(?::text[]) as changed(sku) order by 1
                on conflict do nothing
            """;
    private static final String MARK_KNOWN = """
            with page as (select sku from availability where sku > ? order by sku limit ?),
                 marked as (insert into availability_changes (sku) select sku from page order by sku on conflict do nothing)
            select sku from page order by sku
            """;
    private static final String MARKED = "select sku from availability_changes order by sku limit ?";
    private static final String UNMARK = "delete from availability_changes where sku = any (?::text[])";

    private final JdbcTemplate jdbc;
    private volatile boolean raised = true;

    AvailabilityChanges(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Marks products in the transaction that changed them. */
    void mark(Collection<String> skus) {
        if (skus.isEmpty()) {
            return;
        }
        jdbc.update(MARK, statement -> SqlArrays.set(statement, 1, "text", skus, sku -> sku));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                raised = true;
            }
        });
    }

    /** Marks so many products behind the one given, in the order of their skus, and answers with them. */
    List<String> markKnown(String after, int limit) {
        return jdbc.query(MARK_KNOWN, (rows, _) -> rows.getString(1), after, limit);
    }

    List<String> marked(int limit) {
        return jdbc.query(MARKED, (rows, _) -> rows.getString(1), limit);
    }

    void unmark(Collection<String> skus) {
        jdbc.update(UNMARK, statement -> SqlArrays.set(statement, 1, "text", skus, sku -> sku));
    }

    /** Whether this instance has marked something since it was last asked. */
    boolean lower() {
        boolean was = raised;
        raised = false;
        return was;
    }
}
