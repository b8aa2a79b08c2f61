package io.millrace.traffic.shoppers;

import java.util.List;
import java.util.stream.IntStream;

/** A small catalogue: five departments of two categories with ten products each, priced from 1.00 to 100.00 EUR. */
final class Products {

    static final List<Product> ALL = IntStream.range(0, 100)
            .mapToObj(i -> new Product("SKU-" + i, (i + 1) * 100L, "EUR", "d" + i / 20 + "/c" + i / 10))
            .toList();

    static final Catalogue CATALOGUE = Catalogue.of(ALL).orElseThrow();

    private Products() {}
}
