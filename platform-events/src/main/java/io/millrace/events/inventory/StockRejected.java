package io.millrace.events.inventory;

import io.millrace.events.EventType;
import java.util.List;
import java.util.UUID;

/**
 * Nothing of the order is held, as at least one product falls short.
 *
 * @param orderId the order
 * @param shortages every product that falls short, at least one
 */
@EventType("stock.rejected")
public record StockRejected(UUID orderId, List<Shortage> shortages) implements ReservationEvent {

    /**
     * A product that falls short.
     *
     * @param sku the product
     * @param wanted units over all lines of the order
     * @param available units available then, over all locations
     */
    public record Shortage(String sku, int wanted, long available) {}
}
