package io.millrace.inventory.reservation;

import io.millrace.events.inventory.StockReserved.Hold;
import java.util.List;
import java.util.UUID;

/**
 * What is promised to an order.
 *
 * @param orderId the order
 * @param status where it stands
 * @param applied sequence of the order's event that led there; what is not newer is a redelivery
 * @param holds where the units lie; empty where nothing was ever held
 */
record Reservation(UUID orderId, ReservationStatus status, long applied, List<Hold> holds) {

    Reservation turned(ReservationStatus next, long sequence) {
        return new Reservation(orderId, next, sequence, holds);
    }
}
