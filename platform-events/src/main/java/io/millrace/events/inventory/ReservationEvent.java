package io.millrace.events.inventory;

import io.millrace.events.Event;
import java.util.UUID;

/** The answer to an order's wish for stock: all lines or none. */
public sealed interface ReservationEvent extends Event permits StockReserved, StockRejected {

    /** The order. */
    UUID orderId();
}
