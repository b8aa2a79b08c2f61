package io.millrace.traffic.shoppers;

import java.util.List;

/** What a visitor does next. */
sealed interface Step {

    /** Looks at a product. */
    record View(Product product) implements Step {}

    /** Follows a recommendation. */
    record Follow(Product product, String recommendationId, int position) implements Step {}

    /** Puts a product into the cart. */
    record AddToCart(Line line) implements Step {}

    /** Orders what is in the cart. */
    record Order(List<Line> lines) implements Step {
        /** Keeps its own copy. */
        public Order {
            lines = List.copyOf(lines);
        }
    }

    /** Goes away. */
    record Leave() implements Step {}
}
