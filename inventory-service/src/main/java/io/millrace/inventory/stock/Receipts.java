package io.millrace.inventory.stock;

import io.millrace.inventory.catalogue.Catalogue;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** Books goods that came in: all receipts of a request or none, and each receipt once however often it is sent. */
@Service
public class Receipts {

    private final Catalogue catalogue;
    private final ReceiptTable receipts;
    private final AvailabilityTable availability;
    private final LevelTable levels;
    private final AvailabilityChanges changes;
    private final Clock clock;

    Receipts(
            Catalogue catalogue,
            ReceiptTable receipts,
            AvailabilityTable availability,
            LevelTable levels,
            AvailabilityChanges changes,
            Clock clock) {
        this.catalogue = catalogue;
        this.receipts = receipts;
        this.availability = availability;
        this.levels = levels;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Books receipts.
     *
     * @param source who sends them; ids of different sources have nothing to do with each other
     */
    @Transactional
    public ReceiptsOutcome book(String source, List<Receipt> given) {
        Set<String> skus = new TreeSet<>();
        given.forEach(receipt -> skus.add(receipt.sku()));
        Set<String> known = catalogue.known(skus);
        List<Integer> unknown = positions(given, receipt -> !known.contains(receipt.sku()));
        if (!unknown.isEmpty()) {
            return new ReceiptsOutcome.UnknownProducts(unknown);
        }
        Map<String, Receipt> byId = new LinkedHashMap<>();
        given.forEach(receipt -> byId.putIfAbsent(receipt.receiptId(), receipt));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Set<String> fresh = receipts.book(source, byId.values(), now);
        Set<String> repeated = new LinkedHashSet<>(byId.keySet());
        repeated.removeAll(fresh);
        Map<String, Receipt> authority = new HashMap<>(byId);
        authority.putAll(receipts.booked(source, repeated));
        List<Integer> conflicting = positions(given, receipt -> !receipt.equals(authority.get(receipt.receiptId())));
        if (!conflicting.isEmpty()) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return new ReceiptsOutcome.Conflicting(conflicting);
        }
        receive(
                source,
                byId.values().stream()
                        .filter(receipt -> fresh.contains(receipt.receiptId()))
                        .toList(),
                now);
        return new ReceiptsOutcome.Booked(repeated, fresh.size());
    }

    private void receive(String source, Collection<Receipt> fresh, Instant now) {
        if (fresh.isEmpty()) {
            return;
        }
        Set<String> skus = new TreeSet<>();
        fresh.forEach(receipt -> skus.add(receipt.sku()));
        availability.lockOrCreate(skus);
        levels.receive(fresh);
        receipts.move(source, fresh, now);
        changes.mark(skus);
    }

    private static List<Integer> positions(List<Receipt> receipts, Predicate<Receipt> wanted) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < receipts.size(); i++) {
            if (wanted.test(receipts.get(i))) {
                positions.add(i);
            }
        }
        return positions;
    }
}
