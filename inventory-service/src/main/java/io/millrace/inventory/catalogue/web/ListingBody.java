package io.millrace.inventory.catalogue.web;

import io.millrace.events.Money;
import io.millrace.inventory.catalogue.Listing;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a client says of a product, and what is valid of it. */
record ListingBody(
        @Size(min = 1, max = LONGEST_NAME) @Pattern(regexp = NAME, message = NAME_RULE) String name,

        @Valid Price price,

        @Nullable @Size(max = LONGEST_CATEGORY) @Pattern(regexp = CATEGORY, message = CATEGORY_RULE) String category) {

    static final String SKU = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    static final String SKU_RULE =
            "must have 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit";
    static final String CATEGORY = "[\\p{L}\\p{N}][\\p{L}\\p{N} &'._-]*(/[\\p{L}\\p{N}][\\p{L}\\p{N} &'._-]*)*";
    static final String CATEGORY_RULE = "must be a path of words such as kitchen/tea";

    static final int LONGEST_CATEGORY = 128;
    static final int LONGEST_NAME = 200;
    static final String NAME_RULE = "must be one line that begins and ends with a visible character";
    static final String NAME = "[^\\s\\p{C}]([^\\p{C}]*[^\\s\\p{C}])?";

    /** A thousand million of most currencies: an order's total stays far from a long's end. */
    private static final long HIGHEST_PRICE = 100_000_000_000L;

    record Price(
            @Min(0) @Max(HIGHEST_PRICE) long minorUnits,

            @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code such as GBP") String currency) {}

    Listing listing() {
        return new Listing(name, new Money(price.minorUnits, price.currency), category);
    }
}
