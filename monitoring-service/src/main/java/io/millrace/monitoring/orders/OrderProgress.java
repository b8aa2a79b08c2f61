package io.millrace.monitoring.orders;

import io.millrace.monitoring.orders.OrderFact.Step;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The steps an order is known to have taken, and when.
 *
 * @param at time of each step taken
 */
public record OrderProgress(UUID orderId, Map<Step, Instant> at) {

    /** Takes a copy. */
    public OrderProgress {
        at = Map.copyOf(at);
    }

    /** Nothing is known of the order. */
    public static OrderProgress none(UUID orderId) {
        return new OrderProgress(orderId, Map.of());
    }

    Optional<Instant> when(Step step) {
        return Optional.ofNullable(at.get(step));
    }

    OrderProgress with(Step step, Instant time) {
        Map<Step, Instant> more = new EnumMap<>(Step.class);
        more.putAll(at);
        more.put(step, time);
        return new OrderProgress(orderId, more);
    }
}
