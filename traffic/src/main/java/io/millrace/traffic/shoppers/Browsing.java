package io.millrace.traffic.shoppers;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What one visitor does in one visit: looks at 1 to {@value #MOST_VIEWS} products, puts some into the cart, and orders when
 * he came to buy. Ends after a bounded number of steps, whatever is recommended.
 *
 * <p>No I/O and no clock: the same catalogue, visitor, chance and recommendations give the same visit. A recommendation is
 * followed the more often the higher it stands, and much more often when it is to the visitor's taste: better
 * recommendations have a higher click-through.
 */
final class Browsing {

    /** Share of visits that end with an order, as far as the shop lets them. */
    static final double BUYERS = 0.25;

    static final int MOST_VIEWS = 24;
    static final int MOST_LINES = 6;

    private static final double GOES_ON = 0.85;
    private static final double BY_TASTE = 0.7;
    private static final double SAME_SHELF = 0.15;
    private static final double BUYER_ADDS = 0.35;
    private static final double OTHERS_ADD = 0.05;
    private static final double LARGE_ORDERS = 0.02;
    private static final double FOLLOWS_LIKED = 0.25;
    private static final double FOLLOWS_OTHER = 0.03;
    private static final int LOOKED_THROUGH = 12;
    private static final long DEAR = 10_000;

    private final Catalogue catalogue;
    private final SplittableRandom chance;
    private final Taste taste;
    private final boolean buys;
    private final boolean large;
    private final Map<String, Line> cart = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private int viewsLeft;
    private @Nullable Product before;
    private boolean considered = true;
    private boolean over;

    Browsing(Catalogue catalogue, Visitor visitor, SplittableRandom chance) {
        this.catalogue = catalogue;
        this.chance = chance;
        this.taste = Taste.of(catalogue, Chance.of(0, visitor.number()));
        this.buys = chance.nextDouble() < BUYERS;
        this.large = buys && chance.nextDouble() < LARGE_ORDERS;
        this.viewsLeft = 1;
        while (viewsLeft < MOST_VIEWS && chance.nextDouble() < GOES_ON) {
            viewsLeft++;
        }
    }

    /**
     * The next step.
     *
     * @param shown recommendations the visitor has before him
     */
    Step next(Shown shown) {
        if (before != null && !considered) {
            considered = true;
            if (wants(before)) {
                Line line = new Line(before, quantity(before));
                cart.put(before.sku(), line);
                return new Step.AddToCart(line);
            }
        }
        if (viewsLeft > 0) {
            viewsLeft--;
            considered = false;
            return look(shown);
        }
        if (buys && !over) {
            over = true;
            return new Step.Order(List.copyOf(cart.values()));
        }
        return new Step.Leave();
    }

    private Step look(Shown shown) {
        Optional<Step.Follow> followed = follow(shown);
        Product product = followed.map(Step.Follow::product).orElseGet(this::choose);
        before = product;
        seen.add(product.sku());
        return followed.<Step>map(step -> step).orElseGet(() -> new Step.View(product));
    }

    private Optional<Step.Follow> follow(Shown shown) {
        int position = 0;
        for (String sku :
                shown.skus().subList(0, Math.min(LOOKED_THROUGH, shown.skus().size()))) {
            position++;
            Optional<Product> product = catalogue.find(sku).filter(known -> !seen.contains(known.sku()));
            if (product.isPresent() && chance.nextDouble() < attraction(product.get()) / Math.sqrt(position)) {
                return Optional.of(new Step.Follow(product.get(), shown.id(), position));
            }
        }
        return Optional.empty();
    }

    private double attraction(Product product) {
        boolean fits =
                taste.likes(product) || (before != null && before.category().equals(product.category()));
        return fits ? FOLLOWS_LIKED : FOLLOWS_OTHER;
    }

    private Product choose() {
        double how = chance.nextDouble();
        if (how < BY_TASTE) {
            return catalogue.shelf(taste.pick(chance)).pick(chance);
        }
        return how < BY_TASTE + SAME_SHELF && before != null
                ? catalogue.shelf(before.category()).pick(chance)
                : catalogue.all().pick(chance);
    }

    private boolean wants(Product product) {
        if (cart.containsKey(product.sku()) || cart.size() >= MOST_LINES) {
            return false;
        }
        boolean last = buys && cart.isEmpty() && viewsLeft == 0;
        return last || chance.nextDouble() < (buys ? BUYER_ADDS : OTHERS_ADD);
    }

    /** Mostly one; of what is dear always one; an office's supplies in a large order. */
    private int quantity(Product product) {
        if (product.price() >= DEAR) {
            return 1;
        }
        if (large) {
            return 10 + chance.nextInt(20);
        }
        double drawn = chance.nextDouble();
        return drawn < 0.8 ? 1 : drawn < 0.95 ? 2 : 3;
    }
}
