package io.millrace.events.order;

import io.millrace.events.EventType;
import io.millrace.events.Money;
import java.util.UUID;

/**
 * Whatever was, or might yet have been, authorised for an order was given back, as the order ended without being confirmed.
 *
 * @param orderId the order
 * @param attemptId the payment attempt
 * @param amount what was to be authorised
 */
@EventType("payment.voided")
public record PaymentVoided(UUID orderId, UUID attemptId, Money amount) implements TransactionEvent {}
