package io.millrace.inventory.catalogue;

import io.millrace.events.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product that can be bought, as anybody may see it.
 *
 * @param sku the product
 * @param name what a customer reads
 * @param price price of one unit
 * @param category path such as {@code kitchen/tea}; null where none was given
 * @param version grows by one with every change
 */
public record ProductView(
        String sku, String name, Money price, @Nullable String category, long version) {}
