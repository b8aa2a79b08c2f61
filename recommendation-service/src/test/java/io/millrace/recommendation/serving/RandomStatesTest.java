package io.millrace.recommendation.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever has happened, a list holds nothing that is sold out, delisted, excluded or a seed, nothing twice, and is full as
 * long as enough is left. The expected is kept beside, in the simplest way.
 */
class RandomStatesTest {

    private static final int STATES = 1_000;
    private static final int QUESTIONS = 5;

    @Test
    void neverShowsWhatMustNotBeShownAndIsAlwaysFull() {
        for (long seed = 0; seed < STATES; seed++) {
            Model model = new Model(seed);
            model.live();
            for (int i = 0; i < QUESTIONS; i++) {
                model.ask();
            }
        }
    }

    /** A shop at random. */
    private static final class Model {

        private final long seed;
        private final Random random;
        private final Shop shop = new Shop();
        private final List<String> skus = new ArrayList<>();
        private final Set<String> listed = new HashSet<>();
        private final Map<String, Long> stock = new HashMap<>();
        private final Map<String, Long> versions = new HashMap<>();
        private final Map<String, List<String>> seeds = new HashMap<>();

        Model(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (int i = random.nextInt(40); i >= 0; i--) {
                skus.add("S" + i);
            }
        }

        void live() {
            skus.forEach(this::list);
            for (int i = random.nextInt(200); i > 0; i--) {
                String sku = skus.get(random.nextInt(skus.size()));
                switch (random.nextInt(8)) {
                    case 0 -> list(sku);
                    case 1 -> {
                        shop.index.delist(sku, next(sku));
                        listed.remove(sku);
                    }
                    case 2 -> {
                        if (stock.containsKey(sku)) {
                            shop.index.stock(sku, 0, 1_000); // long outdated
                        }
                    }
                    case 3, 4 -> {
                        long available = Math.max(0, random.nextInt(4) - 1);
                        shop.index.stock(sku, next(sku), available);
                        stock.put(sku, available);
                    }
                    default -> visit();
                }
            }
            shop.index.rank();
        }

        private void list(String sku) {
            String category = random.nextInt(5) == 0 ? null : "c" + random.nextInt(4);
            shop.index.list(Shop.product(sku, next(sku), category, Shop.NOON.plusSeconds(random.nextInt(100))));
            listed.add(sku);
        }

        private void visit() {
            List<String> path = new ArrayList<>(skus);
            Collections.shuffle(path, random);
            path = path.subList(0, Math.min(path.size(), 1 + random.nextInt(8)));
            String visitor = "v" + random.nextInt(5);
            // later than every earlier visit, so that this session is the visitor's newest
            shop.visited(visitor, Shop.NOON.plus(Duration.ofMinutes(next("time"))), path.toArray(String[]::new));
            List<String> newest = new ArrayList<>(path.reversed());
            seeds.put(visitor, newest.subList(0, Math.min(newest.size(), RecentVisits.MOST)));
        }

        private long next(String sku) {
            return versions.merge(sku, 1L + random.nextInt(3), Long::sum);
        }

        void ask() {
            Set<String> excluded = new HashSet<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                excluded.add(skus.get(random.nextInt(skus.size())));
            }
            int limit = 1 + random.nextInt(50);
            if (random.nextBoolean()) {
                String visitor = "v" + random.nextInt(8);
                check(
                        shop.index.forVisitor(visitor, excluded, limit),
                        seeds.getOrDefault(visitor, List.of()),
                        excluded,
                        limit);
            } else {
                String sku = skus.get(random.nextInt(skus.size()));
                check(shop.index.similarTo(sku, excluded, limit), List.of(sku), excluded, limit);
            }
        }

        private void check(Recommendation made, List<String> ofSeeds, Set<String> excluded, int limit) {
            Set<String> allowed = listed.stream()
                    .filter(sku -> stock.getOrDefault(sku, 0L) > 0)
                    .filter(sku -> !excluded.contains(sku) && !ofSeeds.contains(sku))
                    .collect(Collectors.toSet());
            assertThat(Shop.skus(made))
                    .as("seed %d", seed)
                    .isSubsetOf(allowed)
                    .doesNotHaveDuplicates()
                    .hasSize(Math.min(limit, allowed.size()));
            assertThat(made.items()).allSatisfy(item -> assertThat(item.score()).isBetween(0.0, 1.0));
        }
    }
}
