package io.millrace.events.order;

import io.millrace.events.Event;
import java.util.UUID;

/** What happens to an order. Sequence and subject are the order's; within one order the stream is totally ordered. */
public sealed interface OrderEvent extends Event
        permits OrderPlaced, OrderHeld, OrderConfirmed, OrderRejected, OrderExpired {

    /** The order. */
    UUID orderId();
}
