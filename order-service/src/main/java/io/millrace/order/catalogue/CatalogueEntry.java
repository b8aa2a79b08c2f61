package io.millrace.order.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says about a product.
 *
 * @param sku the product
 * @param version grows with every change of the product
 * @param price what it costs; null when it can't be bought
 */
public record CatalogueEntry(
        String sku, long version, @Nullable Price price) {}
