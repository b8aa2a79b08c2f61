package io.millrace.inventory.reservation;

import java.util.Map;
import java.util.UUID;

/** What an order wants done about its stock. */
public sealed interface ReservationCommand {

    /** The order. */
    UUID orderId();

    /**
     * The order was placed: hold all of it or nothing.
     *
     * @param wanted units by product, each at least 1
     */
    record Reserve(UUID orderId, Map<String, Integer> wanted) implements ReservationCommand {}

    /** The order was confirmed: what is held is its own. */
    record Allocate(UUID orderId) implements ReservationCommand {}

    /** The order has ended in any other way: nothing is promised to it any longer. */
    record Release(UUID orderId) implements ReservationCommand {}
}
