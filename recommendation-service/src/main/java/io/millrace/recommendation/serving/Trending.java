package io.millrace.recommendation.serving;

import io.millrace.recommendation.serving.Ranking.Ranked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many sessions came to each product, lately. Not thread-safe. */
final class Trending {

    /** Places of a ranking: more than any answer, however much of it is sold out. */
    static final int PLACES = 500;

    private final ForwardDecay decay;
    private final int mostItems;
    private final Map<String, Double> weights = new HashMap<>();

    Trending(Duration halfLife, int mostItems) {
        this.decay = new ForwardDecay(halfLife);
        this.mostItems = mostItems;
    }

    /** Counts a session's arrival at a product. */
    void arrived(String sku, Instant at) {
        if (!weights.containsKey(sku) && weights.size() >= mostItems) {
            return;
        }
        double factor = decay.advance(at);
        if (factor != 1) {
            weights.replaceAll((each, weight) -> weight * factor);
        }
        weights.merge(sku, decay.weight(at), Double::sum);
    }

    /** A product is no more. */
    void forget(String sku) {
        weights.remove(sku);
    }

    /** What is popular among these products, as a whole and in each category, and which of them are newest. */
    Ranking rank(Iterable<Product> products) {
        List<Product> newest = new ArrayList<>();
        List<Ranked> popular = new ArrayList<>();
        Map<String, List<Ranked>> categories = new HashMap<>();
        for (Product product : products) {
            newest.add(product);
            double weight = weights.getOrDefault(product.sku(), 0.0);
            if (weight > 0) {
                Ranked ranked = new Ranked(product.sku(), weight);
                popular.add(ranked);
                if (product.category() != null) {
                    categories
                            .computeIfAbsent(product.category(), category -> new ArrayList<>())
                            .add(ranked);
                }
            }
        }
        newest.sort(Comparator.comparing(Product::listedAt).reversed().thenComparing(Product::sku));
        categories.replaceAll((category, ranked) -> inOrder(ranked));
        return new Ranking(
                inOrder(popular), categories, newest.stream().map(Product::sku).toList());
    }

    /** The first places, with their weight by that of the first. */
    private static List<Ranked> inOrder(List<Ranked> ranked) {
        ranked.sort(Comparator.comparingDouble(Ranked::share).reversed().thenComparing(Ranked::sku));
        double first = ranked.isEmpty() ? 1 : ranked.getFirst().share();
        return ranked.stream()
                .limit(PLACES)
                .map(each -> new Ranked(each.sku(), each.share() / first))
                .toList();
    }
}
