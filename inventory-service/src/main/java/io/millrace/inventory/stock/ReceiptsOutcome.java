package io.millrace.inventory.stock;

import java.util.List;
import java.util.Set;

/** What became of booking receipts. */
public sealed interface ReceiptsOutcome {

    /**
     * All of them are booked.
     *
     * @param repeated ids of those that were booked before, by this source and with this content
     * @param booked how many are new
     */
    record Booked(Set<String> repeated, int booked) implements ReceiptsOutcome {}

    /**
     * Nothing was booked, as some products were never in the catalogue.
     *
     * @param positions where those receipts stand, from 0
     */
    record UnknownProducts(List<Integer> positions) implements ReceiptsOutcome {}

    /**
     * Nothing was booked, as some ids are those of other receipts.
     *
     * @param positions where those receipts stand, from 0
     */
    record Conflicting(List<Integer> positions) implements ReceiptsOutcome {}
}
