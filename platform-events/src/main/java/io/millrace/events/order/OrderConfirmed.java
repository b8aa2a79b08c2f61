package io.millrace.events.order;

import io.millrace.events.EventType;
import io.millrace.events.Money;
import java.util.UUID;

/**
 * An order is reserved, cleared and paid for: its stock is to be allocated.
 *
 * @param orderId the order
 * @param paymentAttemptId the authorised payment attempt
 * @param total the authorised amount
 */
@EventType("order.confirmed")
public record OrderConfirmed(UUID orderId, UUID paymentAttemptId, Money total) implements OrderEvent {}
