package io.millrace.inventory.stock;

import io.millrace.events.inventory.StockReserved.Hold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The levels of some products, all locations, under lock until the transaction's end. Holds are promised and taken back in
 * memory; {@link StockLevels#write} makes the sum of it so. Used by one thread.
 */
public final class LockedStock {

    private final Map<String, NavigableMap<String, Level>> before = new HashMap<>();
    private final Map<String, NavigableMap<String, Level>> now = new HashMap<>();

    /** The levels as they were read. */
    public LockedStock(Collection<Level> levels) {
        for (Level level : levels) {
            before.computeIfAbsent(level.sku(), _ -> new TreeMap<>()).put(level.location(), level);
            now.computeIfAbsent(level.sku(), _ -> new TreeMap<>()).put(level.location(), level);
        }
    }

    /** A product's levels by location, in the order of their names; empty where it never had stock. */
    public Collection<Level> levels(String sku) {
        NavigableMap<String, Level> levels = now.get(sku);
        return levels == null ? List.of() : levels.values();
    }

    /** Promises units to an undecided order. */
    public void hold(List<Hold> holds) {
        holds.forEach(hold -> promise(hold, hold.quantity(), 0));
    }

    /** What was held is promised to a confirmed order. */
    public void allocate(List<Hold> holds) {
        holds.forEach(hold -> promise(hold, -hold.quantity(), hold.quantity()));
    }

    /** What was held is free again. */
    public void releaseHeld(List<Hold> holds) {
        holds.forEach(hold -> promise(hold, -hold.quantity(), 0));
    }

    /** What was allocated is free again. */
    public void releaseAllocated(List<Hold> holds) {
        holds.forEach(hold -> promise(hold, 0, -hold.quantity()));
    }

    private void promise(Hold hold, int held, int allocated) {
        NavigableMap<String, Level> levels = now.get(hold.sku());
        Level level = levels == null ? null : levels.get(hold.location());
        if (levels == null || level == null) {
            throw new IllegalStateException("no level under lock of " + hold.sku() + " at " + hold.location());
        }
        Level next = level.promised(held, allocated);
        if (next.available() < 0 || next.held() < 0 || next.allocated() < 0) {
            throw new IllegalStateException(
                    hold.sku() + " at " + hold.location() + " would be oversold or over-released");
        }
        levels.put(hold.location(), next);
    }

    /** How much the held and allocated units of a level have changed. */
    record Change(Level before, Level now) {
        long held() {
            return now.held() - before.held();
        }

        long allocated() {
            return now.allocated() - before.allocated();
        }
    }

    /** The levels that differ from what was read. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        now.forEach((sku, levels) -> levels.forEach((location, level) -> {
            NavigableMap<String, Level> read = before.get(sku);
            Level was = read == null ? null : read.get(location);
            if (was != null && !was.equals(level)) {
                changes.add(new Change(was, level));
            }
        }));
        return changes;
    }

    /** The products of which more or less is available than was read, at any location. */
    List<String> changedAvailability() {
        return changes().stream()
                .filter(change -> change.before.available() != change.now.available())
                .map(change -> change.now.sku())
                .distinct()
                .toList();
    }
}
