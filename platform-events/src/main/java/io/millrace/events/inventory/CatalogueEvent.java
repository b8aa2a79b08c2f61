package io.millrace.events.inventory;

import io.millrace.events.Event;

/**
 * The current state of a product in the catalogue: absolute and versioned. The topic is compacted; a reader drops
 * whatever is not newer than what it has.
 */
public sealed interface CatalogueEvent extends Event permits ItemListed, ItemDelisted {

    /** The product. */
    String sku();

    /** Grows by one with every change of this product, starting at 1. */
    long version();
}
