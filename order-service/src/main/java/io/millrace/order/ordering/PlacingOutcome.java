package io.millrace.order.ordering;

import io.millrace.events.Money;
import java.util.List;

/** What came of an order that was to be placed. */
public sealed interface PlacingOutcome {

    /**
     * It is placed, now or by an earlier request with the same key.
     *
     * @param order the order as it was when it was placed, equal for every repetition
     */
    record Placed(OrderView order) implements PlacingOutcome {}

    /** The key has already placed an order that was asked for in other words. Nothing was done. */
    record KeyReused() implements PlacingOutcome {}

    /**
     * Products that are not in the catalogue. Nothing was done.
     *
     * @param lines their lines, counted from 0
     */
    record UnknownProducts(List<Integer> lines) implements PlacingOutcome {}

    /**
     * Products with prices in several currencies. Nothing was done.
     *
     * @param lines the lines that differ from the first one, counted from 0
     */
    record MixedCurrencies(List<Integer> lines) implements PlacingOutcome {}

    /**
     * It costs something else than was expected. Nothing was done.
     *
     * @param total what it costs now
     */
    record PriceChanged(Money total) implements PlacingOutcome {}

    /** It costs more than can be counted. Nothing was done. */
    record TotalTooLarge() implements PlacingOutcome {}
}
