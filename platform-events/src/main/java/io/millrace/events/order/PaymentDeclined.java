package io.millrace.events.order;

import io.millrace.events.EventType;
import java.util.UUID;

/**
 * The provider refused a payment.
 *
 * @param orderId the order
 * @param attemptId the payment attempt
 * @param code the provider's code, such as {@code insufficient-funds}
 */
@EventType("payment.declined")
public record PaymentDeclined(UUID orderId, UUID attemptId, String code) implements TransactionEvent {}
