package io.millrace.inventory.catalogue.web;

import io.millrace.inventory.catalogue.Listing;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A line of an import: a product by the same rules as a single one. */
record ImportedProduct(
        @Pattern(regexp = ListingBody.SKU, message = ListingBody.SKU_RULE) String sku,

        @Size(min = 1, max = ListingBody.LONGEST_NAME) @Pattern(regexp = ListingBody.NAME, message = ListingBody.NAME_RULE) String name,

        @Valid ListingBody.Price price,

        @Nullable @Size(max = ListingBody.LONGEST_CATEGORY) @Pattern(regexp = ListingBody.CATEGORY, message = ListingBody.CATEGORY_RULE) String category) {

    Listing listing() {
        return new ListingBody(name, price, category).listing();
    }
}
