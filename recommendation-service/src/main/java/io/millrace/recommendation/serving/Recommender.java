package io.millrace.recommendation.serving;

import io.millrace.recommendation.serving.Ranking.Ranked;
import io.millrace.recommendation.serving.Recommendation.Code;
import io.millrace.recommendation.serving.Recommendation.Item;
import io.millrace.recommendation.serving.Recommendation.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a list: what goes with the seeds; then what is popular in their categories; then what is popular; then what is new,
 * which is everything. Each fills what the one before left empty, and nothing is mixed: scores of different origin don't
 * compare. Whatever it comes from, a product that can't be bought now, is excluded or is a seed never enters.
 */
final class Recommender {

    private final Shelf shelf;
    private final ItemPairs pairs;
    private final int minimumSessions;

    Recommender(Shelf shelf, ItemPairs pairs, int minimumSessions) {
        this.shelf = shelf;
        this.pairs = pairs;
        this.minimumSessions = minimumSessions;
    }

    /** @param seeds products looked at, newest first; none for somebody unknown */
    List<Item> recommend(List<String> seeds, Set<String> excluded, int limit, Ranking ranking) {
        Filling list = new Filling(seeds, excluded, limit);
        addTogether(list, seeds);
        for (String seed : seeds) {
            String category = shelf.listed(seed).map(Product::category).orElse(null);
            if (category != null) {
                Reason reason = new Reason(Code.TRENDING_IN_CATEGORY, "Popular in " + category, null);
                addRanked(list, ranking.byCategory().getOrDefault(category, List.of()), reason);
            }
        }
        addRanked(list, ranking.popular(), new Reason(Code.TRENDING, "Popular now", null));
        Reason isNew = new Reason(Code.NEW, "New in the shop", null);
        for (String sku : ranking.newest()) {
            if (list.isFull()) {
                break;
            }
            list.add(sku, 0, isNew);
        }
        return list.items;
    }

    private void addTogether(Filling list, List<String> seeds) {
        Map<String, Candidate> candidates = new HashMap<>();
        double weights = 0;
        for (int i = 0; i < seeds.size(); i++) {
            double weight = (double) (seeds.size() - i) / seeds.size(); // the newest says most
            weights += weight;
            for (ItemPairs.Neighbour neighbour : pairs.of(seeds.get(i), minimumSessions)) {
                if (neighbour.likeness() > 0) {
                    candidates
                            .computeIfAbsent(neighbour.sku(), Candidate::new)
                            .add(seeds.get(i), weight * neighbour.likeness());
                }
            }
        }
        List<Candidate> best = new ArrayList<>(candidates.values());
        best.sort(Comparator.comparingDouble((Candidate candidate) -> candidate.score)
                .reversed()
                .thenComparing(candidate -> candidate.sku));
        for (Candidate candidate : best) {
            if (list.isFull()) {
                return;
            }
            list.add(candidate.sku, candidate.score / weights, together(candidate.seed));
        }
    }

    private Reason together(String seed) {
        String name = shelf.listed(seed).map(Product::name).orElse(seed);
        return new Reason(Code.VIEWED_TOGETHER, "Viewed together with " + name, seed);
    }

    private static void addRanked(Filling list, List<Ranked> ranked, Reason reason) {
        for (Ranked each : ranked) {
            if (list.isFull()) {
                return;
            }
            list.add(each.sku(), each.share(), reason);
        }
    }

    /** A list being filled. The one place that says what enters. */
    private final class Filling {

        private final Set<String> closed;
        private final int limit;
        private final List<Item> items = new ArrayList<>();

        Filling(List<String> seeds, Set<String> excluded, int limit) {
            this.closed = new HashSet<>(excluded);
            this.closed.addAll(seeds);
            this.limit = limit;
        }

        boolean isFull() {
            return items.size() >= limit;
        }

        void add(String sku, double score, Reason reason) {
            if (closed.contains(sku)) {
                return;
            }
            shelf.buyable(sku).ifPresent(product -> {
                closed.add(sku);
                items.add(new Item(product, score, reason));
            });
        }
    }

    /** A product that goes with seeds. */
    private static final class Candidate {

        private final String sku;
        private String seed = "";
        private double score;
        private double most;

        Candidate(String sku) {
            this.sku = sku;
        }

        void add(String from, double share) {
            score += share;
            if (share > most) {
                most = share;
                seed = from;
            }
        }
    }
}
