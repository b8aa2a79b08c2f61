package io.millrace.inventory.stock;

import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stock under lock, for whoever promises it. Many products are locked with one statement and in one order, and written with
 * one statement, so that a product everybody wants costs a batch no more than any other.
 */
@Service
public class StockLevels {

    private final LevelTable levels;
    private final AvailabilityChanges changes;

    StockLevels(LevelTable levels, AvailabilityChanges changes) {
        this.levels = levels;
        this.changes = changes;
    }

    /** Locks every level of the products until the end of the caller's transaction. Products without stock have none. */
    @Transactional(propagation = Propagation.MANDATORY)
    public LockedStock lock(Collection<String> skus) {
        return new LockedStock(skus.isEmpty() ? List.of() : levels.lock(skus));
    }

    /** Writes what was promised and taken back, and has changed availability published. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void write(LockedStock stock) {
        List<LockedStock.Change> changed = stock.changes();
        if (!changed.isEmpty()) {
            levels.promise(changed);
            changes.mark(stock.changedAvailability());
        }
    }
}
