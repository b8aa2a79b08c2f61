package io.millrace.events.order;

import io.millrace.events.Event;
import java.util.UUID;

/** What became of the messages to the customer about an order. */
public sealed interface NotificationEvent extends Event permits NotificationSent, NotificationFailed {

    /** The order. */
    UUID orderId();
}
