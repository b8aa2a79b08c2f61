package io.millrace.inventory.reservation;

import java.util.UUID;

/** An order wants of its reservation what can never be done; nothing was changed. */
public final class UnfulfillableOrderException extends RuntimeException {

    UnfulfillableOrderException(UUID orderId, String reason) {
        super("order " + orderId + ": " + reason);
    }
}
