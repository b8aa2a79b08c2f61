package io.millrace.recommendation.serving;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which products are visited in the same sessions, how often, and how lately.
 *
 * <p>The likeness of two products is the cosine of their sessions, both decayed: sessions at both, by the root of the product
 * of the sessions at either; so that what everybody visits does not go with everything (source: Huang and others,
 * "TencentRec", SIGMOD 2015). It is shrunk by n / (n + {@value #SHRINKAGE}) at n sessions, as a few say little (source: Bell,
 * Koren, "Improved neighborhood-based collaborative filtering", 2007).
 *
 * <p>A product keeps a bounded number of neighbours. When another comes, the one with the lightest sum makes room and leaves
 * its sum as the newcomer's possible error, which is never counted in a likeness: whatever is frequent enough stays (source:
 * Metwally and others, "Space-Saving", ICDT 2005). Not thread-safe.
 */
final class ItemPairs {

    private static final int SHRINKAGE = 5;

    private final ForwardDecay decay;
    private final int mostItems;
    private final int mostNeighbours;
    private final Map<String, Item> items = new HashMap<>();

    ItemPairs(Duration halfLife, int mostItems, int mostNeighbours) {
        this.decay = new ForwardDecay(halfLife);
        this.mostItems = mostItems;
        this.mostNeighbours = mostNeighbours;
    }

    /**
     * A product that goes with another.
     *
     * @param sku the product
     * @param likeness 0 to 1
     * @param sessions sessions counted at both
     */
    record Neighbour(String sku, double likeness, int sessions) {}

    /**
     * Counts a session's arrival at a product.
     *
     * @param earlier the session's other products; those never arrived at are left out
     */
    void arrived(String sku, List<String> earlier, Instant at) {
        Item item = items.get(sku);
        if (item == null && items.size() >= mostItems) {
            return;
        }
        double factor = decay.advance(at); // before the item is there, which it must not be when this throws
        if (item == null) {
            item = new Item(sku, mostNeighbours);
            items.put(sku, item);
        }
        if (factor != 1) {
            items.values().forEach(each -> each.scale(factor));
        }
        double weight = decay.weight(at);
        item.weight += weight;
        for (String other : earlier) {
            Item neighbour = items.get(other);
            if (neighbour != null && neighbour != item) {
                item.together(neighbour.sku, weight);
                neighbour.together(item.sku, weight);
            }
        }
    }

    /** What goes with a product, the likest first. */
    List<Neighbour> of(String sku, int minimumSessions) {
        Item item = items.get(sku);
        if (item == null) {
            return List.of();
        }
        List<Neighbour> found = new ArrayList<>(item.size);
        for (int i = 0; i < item.size; i++) {
            Item other = items.get(item.skus[i]);
            if (other != null && item.sessions[i] >= minimumSessions) {
                double either = Math.sqrt(item.weight) * Math.sqrt(other.weight); // whose product would vanish sooner
                double cosine = either > 0 ? (item.weights[i] - item.errors[i]) / either : 0;
                double shrunk = cosine * item.sessions[i] / (item.sessions[i] + SHRINKAGE);
                found.add(new Neighbour(other.sku, Math.clamp(shrunk, 0, 1), item.sessions[i]));
            }
        }
        found.sort(Comparator.comparingDouble(Neighbour::likeness).reversed().thenComparing(Neighbour::sku));
        return found;
    }

    int size() {
        return items.size();
    }

    /** A product and its neighbours, in arrays: a search of some dozens is faster than a map, and a third of its size. */
    private static final class Item {

        private static final int FIRST_CAPACITY = 4;

        final String sku;
        final int most;
        double weight;
        int size;
        String[] skus = new String[FIRST_CAPACITY];
        double[] weights = new double[FIRST_CAPACITY];
        double[] errors = new double[FIRST_CAPACITY];
        int[] sessions = new int[FIRST_CAPACITY];

        Item(String sku, int most) {
            this.sku = sku;
            this.most = most;
        }

        void together(String other, double added) {
            int at = indexOf(other);
            if (at < 0) {
                at = roomFor(other);
            }
            weights[at] += added;
            sessions[at]++;
        }

        private int indexOf(String other) {
            for (int i = 0; i < size; i++) {
                if (skus[i].equals(other)) {
                    return i;
                }
            }
            return -1;
        }

        private int roomFor(String other) {
            if (size < most) {
                grow();
                skus[size] = other;
                return size++;
            }
            int lightest = 0;
            for (int i = 1; i < size; i++) {
                if (weights[i] < weights[lightest]) {
                    lightest = i;
                }
            }
            skus[lightest] = other;
            errors[lightest] = weights[lightest];
            sessions[lightest] = 0;
            return lightest;
        }

        private void grow() {
            if (size == skus.length) {
                int capacity = Math.min(most, size * 2);
                skus = Arrays.copyOf(skus, capacity);
                weights = Arrays.copyOf(weights, capacity);
                errors = Arrays.copyOf(errors, capacity);
                sessions = Arrays.copyOf(sessions, capacity);
            }
        }

        void scale(double factor) {
            weight *= factor;
            for (int i = 0; i < size; i++) {
                weights[i] *= factor;
                errors[i] *= factor;
            }
        }
    }
}
