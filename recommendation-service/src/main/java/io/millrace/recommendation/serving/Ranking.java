package io.millrace.recommendation.serving;

import java.util.List;
import java.util.Map;

/**
 * What is popular, as it was at some moment.
 *
 * @param popular the most popular products, first place first
 * @param byCategory the same within each category
 * @param newest every product, the one listed last first
 */
record Ranking(List<Ranked> popular, Map<String, List<Ranked>> byCategory, List<String> newest) {

    static final Ranking EMPTY = new Ranking(List.of(), Map.of(), List.of());

    Ranking {
        popular = List.copyOf(popular);
        byCategory = Map.copyOf(byCategory);
        newest = List.copyOf(newest);
    }

    /**
     * A product's place.
     *
     * @param sku the product
     * @param share its popularity by that of the first place, 0 to 1
     */
    record Ranked(String sku, double share) {}
}
