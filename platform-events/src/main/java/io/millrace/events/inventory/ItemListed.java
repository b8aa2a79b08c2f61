package io.millrace.events.inventory;

import io.millrace.events.EventType;
import io.millrace.events.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product can be bought.
 *
 * @param sku the product
 * @param version version of this product's entry
 * @param name what a customer reads
 * @param price price of one unit, not negative
 * @param category path such as {@code kitchen/tea}; null where none was given
 */
@EventType("catalogue.item-listed")
public record ItemListed(
        String sku,
        long version,
        String name,
        Money price,
        @Nullable String category) implements CatalogueEvent {}
