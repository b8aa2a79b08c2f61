package io.millrace.inventory.reservation;

import io.millrace.events.inventory.StockRejected.Shortage;
import io.millrace.events.inventory.StockReserved.Hold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chooses the locations an order is served from: all of it, or the reasons why not. The same stock and wish always give the
 * same choice.
 *
 * <p>A location that can serve the whole order alone is taken, the first by name, so that one parcel is enough. Otherwise
 * each product comes from as few locations as possible: the fullest first until one alone can serve the rest, of those the
 * first by name.
 */
final class AllocationPolicy {

    private static final Comparator<At> FULLEST_FIRST =
            Comparator.comparingLong(At::available).reversed().thenComparing(At::location);

    private AllocationPolicy() {}

    /**
     * What is available of a product at a location.
     *
     * @param location the location
     * @param available units, not negative
     */
    record At(String location, long available) {}

    /** What was chosen. */
    sealed interface Choice {}

    /**
     * Where every unit is taken from.
     *
     * @param holds ordered by product and location
     */
    record Served(List<Hold> holds) implements Choice {}

    /**
     * The order can't be served.
     *
     * @param shortages every product that falls short, ordered by product
     */
    record Missing(List<Shortage> shortages) implements Choice {}

    /**
     * Chooses.
     *
     * @param wanted units by product, each at least 1
     * @param stock what is available, by product; a product without stock may be missing
     */
    static Choice choose(Map<String, Integer> wanted, Map<String, ? extends Collection<At>> stock) {
        Map<String, List<At>> offered = new TreeMap<>();
        List<Shortage> shortages = new ArrayList<>();
        for (Map.Entry<String, Integer> wish : new TreeMap<>(wanted).entrySet()) {
            Collection<At> places = stock.get(wish.getKey());
            List<At> filled = places == null
                    ? List.of()
                    : places.stream().filter(at -> at.available > 0).toList();
            long available = filled.stream().mapToLong(At::available).sum();
            if (available < wish.getValue()) {
                shortages.add(new Shortage(wish.getKey(), wish.getValue(), available));
            }
            offered.put(wish.getKey(), filled);
        }
        if (!shortages.isEmpty()) {
            return new Missing(shortages);
        }
        List<Hold> holds = new ArrayList<>(wanted.size());
        Optional<String> alone = servesAll(wanted, offered);
        offered.forEach((sku, places) -> {
            int quantity = wanted.getOrDefault(sku, 0);
            if (alone.isPresent()) {
                holds.add(new Hold(sku, alone.get(), quantity));
            } else {
                holds.addAll(fewest(sku, quantity, places));
            }
        });
        return new Served(holds);
    }

    private static Optional<String> servesAll(Map<String, Integer> wanted, Map<String, List<At>> offered) {
        Set<String> candidates = null;
        for (Map.Entry<String, List<At>> product : offered.entrySet()) {
            int quantity = wanted.getOrDefault(product.getKey(), 0);
            Set<String> enough = new TreeSet<>();
            product.getValue().stream().filter(at -> at.available >= quantity).forEach(at -> enough.add(at.location));
            if (candidates == null) {
                candidates = enough;
            } else {
                candidates.retainAll(enough);
            }
            if (candidates.isEmpty()) {
                return Optional.empty();
            }
        }
        return candidates == null ? Optional.empty() : candidates.stream().findFirst();
    }

    private static List<Hold> fewest(String sku, int quantity, List<At> places) {
        TreeMap<String, Hold> holds = new TreeMap<>();
        List<At> left = new ArrayList<>(places);
        left.sort(FULLEST_FIRST);
        long rest = quantity;
        while (rest > 0) {
            long wanted = rest;
            At next = left.stream()
                    .filter(at -> at.available >= wanted)
                    .min(Comparator.comparing(At::location))
                    .orElseGet(left::getFirst);
            int taken = (int) Math.min(rest, next.available);
            holds.put(next.location, new Hold(sku, next.location, taken));
            left.remove(next);
            rest -= taken;
        }
        return List.copyOf(holds.values());
    }
}
