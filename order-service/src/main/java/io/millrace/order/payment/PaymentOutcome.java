package io.millrace.order.payment;

import java.util.UUID;

/**
 * What became of an attempt, as its order is told.
 *
 * @param orderId the order
 * @param attemptId the attempt
 * @param result what became of it
 */
public record PaymentOutcome(UUID orderId, UUID attemptId, Result result) {

    /** What became of an attempt. */
    public sealed interface Result {}

    /** The amount is set aside. */
    public record Authorised() implements Result {}

    /**
     * It was refused.
     *
     * @param code the provider's reason
     */
    public record Declined(String code) implements Result {}

    /** It was given back. */
    public record Voided() implements Result {}
}
