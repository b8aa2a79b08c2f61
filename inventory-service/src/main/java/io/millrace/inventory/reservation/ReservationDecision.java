package io.millrace.inventory.reservation;

import io.millrace.events.inventory.ReservationEvent;
import org.jspecify.annotations.Nullable;

/** What follows from a command. */
sealed interface ReservationDecision {

    /** Nothing: it was done already, or there is nothing to do. */
    record Unchanged() implements ReservationDecision {}

    /**
     * The reservation changes.
     *
     * @param next the reservation as it is from now on
     * @param effect what becomes of its units
     * @param answer what the order is told; null for nothing
     */
    record Changed(
            Reservation next, StockEffect effect, @Nullable ReservationEvent answer) implements ReservationDecision {}

    /**
     * The command can never be obeyed: a person must look at it.
     *
     * @param reason why
     */
    record Refused(String reason) implements ReservationDecision {}
}
