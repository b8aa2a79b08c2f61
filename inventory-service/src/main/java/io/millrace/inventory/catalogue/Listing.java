package io.millrace.inventory.catalogue;

import io.millrace.events.Money;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says of a product.
 *
 * @param name what a customer reads
 * @param price price of one unit, not negative
 * @param category path such as {@code kitchen/tea}; null where none was given
 */
public record Listing(String name, Money price, @Nullable String category) {}
