package io.millrace.traffic.shoppers;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The shop's products of one currency, at least one, as shoppers find them: on one shelf of each category, and all on one. Immutable. */
final class Catalogue {

    private final Map<String, Product> bySku;
    private final Map<String, Shelf> byCategory;
    private final Shelf all;

    private Catalogue(List<Product> products) {
        this.all = new Shelf(products);
        this.bySku = products.stream().collect(Collectors.toUnmodifiableMap(Product::sku, Function.identity()));
        this.byCategory = new TreeMap<>();
        products.stream()
                .collect(Collectors.groupingBy(Product::category))
                .forEach((category, some) -> byCategory.put(category, new Shelf(some)));
    }

    /** Of the currency most products are sold in, as an order has one; empty when there is no product. */
    static Optional<Catalogue> of(Collection<Product> products) {
        Map<String, List<Product>> byCurrency =
                new TreeMap<>(products.stream().collect(Collectors.groupingBy(Product::currency)));
        return byCurrency.values().stream()
                .max(Comparator.comparingInt(List::size))
                .map(Catalogue::new);
    }

    Optional<Product> find(String sku) {
        return Optional.ofNullable(bySku.get(sku));
    }

    /** In the order of their names. */
    List<String> categories() {
        return List.copyOf(byCategory.keySet());
    }

    /** A category's products; all of them when there is no such category (any more). */
    Shelf shelf(String category) {
        return byCategory.getOrDefault(category, all);
    }

    Shelf all() {
        return all;
    }

    /** The cheapest first. */
    List<Product> byPrice() {
        return all.products().stream()
                .sorted(Comparator.comparingLong(Product::price).thenComparing(Product::sku))
                .toList();
    }
}
