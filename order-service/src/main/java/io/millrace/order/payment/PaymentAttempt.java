package io.millrace.order.payment;

import io.millrace.events.Money;
import java.util.UUID;

/**
 * A try to get money for an order.
 *
 * @param id the attempt: the merchant reference and idempotency key at the provider
 * @param orderId the order
 * @param amount what is wanted
 * @param paymentToken what to pay with
 * @param status where it stands
 * @param voidRequested whether it is to be given back whatever comes of it
 * @param tries how often it was worked on
 */
public record PaymentAttempt(
        UUID id,
        UUID orderId,
        Money amount,
        String paymentToken,
        AttemptStatus status,
        boolean voidRequested,
        int tries) {}
