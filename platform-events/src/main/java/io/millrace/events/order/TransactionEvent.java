package io.millrace.events.order;

import io.millrace.events.Event;
import java.util.UUID;

/**
 * The money side of an order: that a payment is wanted, and what became of it.
 *
 * <p>The record key is the customer, so that a customer's transactions are scored in order; subject and sequence are
 * the order's.
 */
public sealed interface TransactionEvent extends Event
        permits TransactionInitiated, PaymentAuthorised, PaymentDeclined, PaymentVoided {

    /** The order the money is for. */
    UUID orderId();
}
