package io.millrace.events.order;

import io.millrace.events.EventType;
import io.millrace.events.Money;
import java.util.UUID;

/**
 * An authorised amount was given back because its order ended without being confirmed.
 *
 * @param orderId the order
 * @param attemptId the payment attempt
 * @param amount what had been authorised
 */
@EventType("payment.voided")
public record PaymentVoided(UUID orderId, UUID attemptId, Money amount) implements TransactionEvent {}
