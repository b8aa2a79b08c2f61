package io.millrace.traffic.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant is shown of a payment.
 *
 * @param at since when it is so; in callbacks only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaymentView(
        @Nullable String paymentId,
        String reference,
        @Nullable PaymentStatus status,
        @Nullable String code,
        @Nullable Amount amount,
        @Nullable Instant at) {

    /** The answer to its request: the same whatever has happened since. */
    static PaymentView answerOf(Payment payment) {
        return new PaymentView(
                payment.paymentId(),
                payment.reference(),
                payment.answered(),
                payment.answeredCode(),
                payment.amount(),
                null);
    }

    /** As it is now. */
    static PaymentView of(Payment payment) {
        return new PaymentView(
                payment.paymentId(), payment.reference(), payment.status(), payment.code(), payment.amount(), null);
    }

    /** What a callback says of it. */
    static PaymentView callbackOf(Payment payment, PaymentStatus told) {
        String code = told == payment.status() ? payment.code() : "card-declined";
        return new PaymentView(payment.paymentId(), payment.reference(), told, code, payment.amount(), payment.since());
    }
}
