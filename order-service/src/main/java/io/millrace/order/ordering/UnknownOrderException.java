package io.millrace.order.ordering;

import java.util.UUID;

/** Something was said about an order that does not exist. */
public final class UnknownOrderException extends RuntimeException {

    UnknownOrderException(UUID orderId) {
        super("there is no order " + orderId);
    }
}
