package io.millrace.recommendation.serving;

import io.millrace.events.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product that can be bought, as the catalogue last said.
 *
 * @param sku the product
 * @param version version of its entry
 * @param name what a customer reads
 * @param price price of one unit
 * @param category path such as {@code kitchen/tea}; null where none was given
 * @param listedAt when it was listed
 */
public record Product(
        String sku,
        long version,
        String name,
        Money price,
        @Nullable String category,
        Instant listedAt) {

    Product listedSince(Instant at) {
        return new Product(sku, version, name, price, category, at);
    }
}
