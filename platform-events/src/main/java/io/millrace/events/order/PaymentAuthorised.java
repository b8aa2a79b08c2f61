package io.millrace.events.order;

import io.millrace.events.EventType;
import io.millrace.events.Money;
import java.util.UUID;

/**
 * The provider set an amount aside for an order.
 *
 * @param orderId the order
 * @param attemptId the payment attempt, which is also the merchant reference at the provider
 * @param amount what was authorised
 */
@EventType("payment.authorised")
public record PaymentAuthorised(UUID orderId, UUID attemptId, Money amount) implements TransactionEvent {}
