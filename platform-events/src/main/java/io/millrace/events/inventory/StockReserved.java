package io.millrace.events.inventory;

import io.millrace.events.EventType;
import java.util.List;
import java.util.UUID;

/**
 * Every line of the order is held.
 *
 * @param orderId the order
 * @param holds where the units lie, at least one; together they are the whole order
 */
@EventType("stock.reserved")
public record StockReserved(UUID orderId, List<Hold> holds) implements ReservationEvent {

    /**
     * Units of one product held at one location.
     *
     * @param sku the product
     * @param location the location
     * @param quantity units, at least 1
     */
    public record Hold(String sku, String location, int quantity) {}
}
