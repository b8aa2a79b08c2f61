package io.millrace.traffic.shoppers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Goods a supplier brings.
 *
 * @param receiptId the same for the same delivery, so that it is booked once
 * @param sku the product
 * @param location where to
 * @param quantity units
 */
record Delivery(String receiptId, String sku, String location, int quantity) {

    /** In each of these times a product may be delivered once. */
    static final Duration SLOT = Duration.ofMinutes(15);

    /** Below so many units suppliers think of a product. */
    static final long LOW = 10;

    private static final int ONE_IN = 4;
    private static final int LEAST = 40;
    private static final int SPREAD = 40;
    private static final double USUAL_RATE = 20;
    private static final String WITHOUT_ANY = "berlin";

    /**
     * The delivery of a product that runs low; empty when it does not, or when its supplier does not come in this slot: he
     * comes in one of {@value #ONE_IN}, so that for some time a product can be seen to be sold out.
     *
     * @param available units by location
     * @param ordersPerMinute the rate of demand, which the quantity grows with
     */
    static Optional<Delivery> of(String sku, Map<String, Long> available, Instant now, double ordersPerMinute) {
        long all = available.values().stream().mapToLong(Long::longValue).sum();
        String slot = sku + "@" + now.getEpochSecond() / SLOT.toSeconds();
        if (all >= LOW || Chance.of(slot, ONE_IN) != 0) {
            return Optional.empty();
        }
        List<String> locations = List.copyOf(new TreeSet<>(available.keySet()));
        String location = locations.isEmpty() ? WITHOUT_ANY : locations.get(Chance.of("at " + slot, locations.size()));
        int quantity = (LEAST + Chance.of(sku, SPREAD)) * (int) Math.ceil(ordersPerMinute / USUAL_RATE);
        // Location and quantity are part of the id: a repeated delivery is the same in everything.
        String name = slot + "@" + location + "@" + quantity;
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return Optional.of(new Delivery("restock-" + id, sku, location, quantity));
    }
}
