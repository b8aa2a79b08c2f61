package io.millrace.traffic.shoppers;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Products in the order of their popularity, at least one. How often each is picked falls with its rank by Zipf's law: the
 * second half as often as the first, the tenth a tenth as often. Ranks follow from the products' names, so that everybody
 * favours the same ones. Immutable.
 */
final class Shelf {

    private final List<Product> products;
    private final double[] cumulative;

    Shelf(List<Product> products) {
        if (products.isEmpty()) {
            throw new IllegalArgumentException("a shelf has at least one product");
        }
        this.products = products.stream()
                .sorted(Comparator.comparingInt((Product product) -> Chance.of(product.sku(), Integer.MAX_VALUE))
                        .thenComparing(Product::sku))
                .toList();
        this.cumulative = new double[products.size()];
        double sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += 1.0 / (i + 1);
            cumulative[i] = sum;
        }
    }

    /** The most popular first. */
    List<Product> products() {
        return products;
    }

    Product pick(SplittableRandom chance) {
        double at = chance.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        return products.get(Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1));
    }
}
