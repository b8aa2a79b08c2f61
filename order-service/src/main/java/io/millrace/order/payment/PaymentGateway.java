package io.millrace.order.payment;

import java.util.UUID;

/**
 * The payment provider. Calls are bounded in time; none is made while a database transaction is open.
 *
 * <p>Every call carries the attempt's id as reference and idempotency key, so that a repeated call never charges twice.
 */
public interface PaymentGateway {

    /** What the provider says about an attempt. */
    sealed interface Answer {}

    /** The amount is set aside. */
    record Authorised() implements Answer {}

    /**
     * It is refused.
     *
     * @param code the provider's reason, such as {@code insufficient-funds}
     */
    record Declined(String code) implements Answer {}

    /** Nothing is set aside for it, and never will be. */
    record Voided() implements Answer {}

    /** The provider knows of it and has not decided. */
    record Undecided() implements Answer {}

    /** The provider has never heard of it. */
    record NeverSeen() implements Answer {}

    /**
     * No answer that can be understood; it may have taken effect.
     *
     * @param cause what happened instead
     */
    record NoAnswer(String cause) implements Answer {}

    /** Sets the amount aside. May have taken effect even where there is no answer. */
    Answer authorise(PaymentAttempt attempt);

    /** What became of an attempt. */
    Answer find(UUID attemptId);

    /** Gives back what was set aside; where nothing was, sees to it that nothing ever is. */
    Answer giveBack(UUID attemptId);
}
