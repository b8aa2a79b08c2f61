package io.millrace.traffic.shoppers;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a visitor likes: up to three categories, the first of them most. Further ones come mostly from the same department,
 * so that products of related categories are looked at together. The same visitor always likes the same.
 *
 * @param categories liked best first, at least one
 */
record Taste(List<String> categories) {

    private static final int MOST = 3;
    private static final double SAME_DEPARTMENT = 0.6;
    private static final double FIRST = 0.6;

    Taste {
        categories = List.copyOf(categories);
    }

    static Taste of(Catalogue catalogue, SplittableRandom chance) {
        List<String> all = catalogue.categories();
        List<String> liked = new ArrayList<>();
        liked.add(Chance.pick(all, chance));
        String department = department(liked.getFirst());
        for (int i = 1; i < MOST; i++) {
            List<String> near = all.stream()
                    .filter(category -> department(category).equals(department))
                    .toList();
            String next = Chance.pick(chance.nextDouble() < SAME_DEPARTMENT ? near : all, chance);
            if (!liked.contains(next)) {
                liked.add(next);
            }
        }
        return new Taste(liked);
    }

    private static String department(String category) {
        return new Product("", 0, "", category).department();
    }

    String pick(SplittableRandom chance) {
        return chance.nextDouble() < FIRST ? categories.getFirst() : Chance.pick(categories, chance);
    }

    boolean likes(Product product) {
        return categories.contains(product.category());
    }
}
