package io.millrace.recommendation.serving.web;

import io.millrace.events.Money;
import io.millrace.recommendation.serving.Recommendation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list as it is answered.
 *
 * @param recommendationId what a click on it refers to
 * @param items the products, best first
 * @param strategy what the first came from
 * @param degraded whether little was known
 */
record RecommendationView(String recommendationId, List<ItemView> items, String strategy, boolean degraded) {

    static RecommendationView of(String id, Recommendation recommendation) {
        return new RecommendationView(
                id,
                recommendation.items().stream().map(ItemView::of).toList(),
                recommendation.strategy(),
                recommendation.degraded());
    }

    /**
     * A product in it.
     *
     * @param category absent where the product has none
     */
    record ItemView(String sku, String title, @Nullable String category, Money price, double score, ReasonView reason) {

        static ItemView of(Recommendation.Item item) {
            return new ItemView(
                    item.product().sku(),
                    item.product().name(),
                    item.product().category(),
                    item.product().price(),
                    rounded(item.score()),
                    new ReasonView(
                            item.reason().code(),
                            item.reason().text(),
                            item.reason().seedSku()));
        }
    }

    /** Sums of the same weights differ in their last digits by the order in which an instance has read them. */
    private static double rounded(double score) {
        return Math.round(score * 1e6) / 1e6;
    }

    /**
     * Why it is there.
     *
     * @param seedSku absent where it goes with no product
     */
    record ReasonView(
            Recommendation.Code code, String text, @Nullable String seedSku) {}
}
