package io.millrace.events.inventory;

import io.millrace.events.EventType;

/**
 * A product can no longer be bought.
 *
 * @param sku the product
 * @param version version of this product's entry
 */
@EventType("catalogue.item-delisted")
public record ItemDelisted(String sku, long version) implements CatalogueEvent {}
