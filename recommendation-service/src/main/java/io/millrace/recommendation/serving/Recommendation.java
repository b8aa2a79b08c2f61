package io.millrace.recommendation.serving;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A list of products for somebody.
 *
 * @param items the products, the one that fits best first
 * @param strategy what the first of them came from; {@code none} where there is none
 * @param degraded whether it was made from less than is usually known, as the service has just begun
 */
public record Recommendation(List<Item> items, String strategy, boolean degraded) {

    /** Makes the list immutable. */
    public Recommendation {
        items = List.copyOf(items);
    }

    static Recommendation of(List<Item> items, boolean degraded) {
        String strategy =
                items.isEmpty() ? "none" : items.getFirst().reason().code().strategy();
        return new Recommendation(items, strategy, degraded);
    }

    /**
     * A product in the list.
     *
     * @param product the product
     * @param score how well it fits, 0 to 1 within its reason's code; not comparable between codes
     * @param reason why it is there
     */
    public record Item(Product product, double score, Reason reason) {}

    /**
     * Why a product is in the list.
     *
     * @param code what it came from
     * @param text the same for a person to read
     * @param seedSku the product it goes with; null where it goes with none
     */
    public record Reason(Code code, String text, @Nullable String seedSku) {}

    /** What a product came from; in this order they fill a list. */
    public enum Code {
        /** Sessions that were at one were at the other. */
        VIEWED_TOGETHER,
        /** Many sessions came to it, among those of its category. */
        TRENDING_IN_CATEGORY,
        /** Many sessions came to it. */
        TRENDING,
        /** It was listed lately. */
        NEW;

        String strategy() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
