package io.millrace.traffic.provider;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it lies in the ledger. Changes make a new one; everything here is decided from what is passed in.
 *
 * <p>A merchant may give up on an attempt whose request is still on its way. So a void of a reference that was never seen
 * leaves a <em>tombstone</em>: a payment that is VOIDED and was never asked for. The request, should it arrive, is DECLINED
 * with code {@code voided-before}: the merchant who voided is right, whatever overtakes what.
 *
 * @param reference the merchant's name of it, unique
 * @param paymentId our name of it; null for a tombstone, like all else that a request tells
 * @param status what it is now
 * @param code why it is DECLINED
 * @param answered what the request was answered, and is whenever it is repeated; null for a tombstone
 * @param callbacksDue how many callbacks are still owed
 * @param history every status it had, oldest first; four at most
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Payment(
        String reference,
        @Nullable String paymentId,
        @Nullable String orderId,
        @Nullable Amount amount,
        @Nullable String paymentToken,
        @Nullable String callbackUrl,
        PaymentStatus status,
        @Nullable String code,
        @Nullable PaymentStatus answered,
        @Nullable String answeredCode,
        int callbacksDue,
        List<Change> history) {

    private static final String VOIDED_BEFORE = "voided-before";

    /** A status, since when and why. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(PaymentStatus status, @Nullable String code, Instant at) {}

    /** A payment that was never asked for and never will be authorised. */
    static Payment tombstone(String reference, Instant now) {
        return new Payment(
                reference,
                null,
                null,
                null,
                null,
                null,
                PaymentStatus.VOIDED,
                null,
                null,
                null,
                0,
                List.of(new Change(PaymentStatus.VOIDED, null, now)));
    }

    /** The payment that a first request makes. */
    static Payment asked(PaymentRequest.Checked request, String paymentId, Instant now) {
        TokenBehaviour behaviour = TokenBehaviour.of(request.paymentToken());
        return answered(
                request, paymentId, behaviour.firstStatus(), behaviour.declineCode(), behaviour, List.of(), now);
    }

    /** What a request makes of the tombstone that its void has left. */
    Payment askedAfterVoid(PaymentRequest.Checked request, String paymentId, Instant now) {
        return answered(
                request, paymentId, PaymentStatus.DECLINED, VOIDED_BEFORE, TokenBehaviour.DECLINED, history, now);
    }

    private static Payment answered(
            PaymentRequest.Checked request,
            String paymentId,
            PaymentStatus status,
            @Nullable String code,
            TokenBehaviour behaviour,
            List<Change> before,
            Instant now) {
        return new Payment(
                request.reference(),
                paymentId,
                request.orderId(),
                request.amount(),
                request.paymentToken(),
                request.callbackUrl(),
                status,
                code,
                status,
                code,
                request.callbackUrl() == null ? 0 : behaviour.callbacks(),
                with(before, new Change(status, code, now)));
    }

    @JsonIgnore
    boolean isTombstone() {
        return answered == null;
    }

    /** Whether a request is the one that made this payment. */
    boolean wasMadeBy(PaymentRequest.Checked request) {
        return new PaymentRequest(reference, orderId, amount, paymentToken, callbackUrl)
                .equals(new PaymentRequest(
                        request.reference(),
                        request.orderId(),
                        request.amount(),
                        request.paymentToken(),
                        request.callbackUrl()));
    }

    /** Whether something is still to happen with it by the provider's own doing. */
    @JsonIgnore
    boolean isOpen() {
        return status == PaymentStatus.PENDING || callbacksDue > 0;
    }

    /** Voided if there is anything to void; itself otherwise. A payment that is not decided owes no callback then. */
    Payment voided(Instant now) {
        return switch (status) {
            case AUTHORISED -> changed(PaymentStatus.VOIDED, callbacksDue, now);
            case PENDING -> changed(PaymentStatus.VOIDED, 0, now);
            case DECLINED, VOIDED -> this;
        };
    }

    /** Authorised if it is still pending; itself otherwise. */
    Payment authorisedLate(Instant now) {
        return status == PaymentStatus.PENDING ? changed(PaymentStatus.AUTHORISED, callbacksDue, now) : this;
    }

    /** One callback less is owed; itself when none is. */
    Payment calledBack() {
        return callbacksDue == 0 ? this : with(status, code, callbacksDue - 1, history);
    }

    /** When its present status began. */
    @JsonIgnore
    Instant since() {
        return history.getLast().at();
    }

    private Payment changed(PaymentStatus to, int stillDue, Instant now) {
        return with(to, null, stillDue, with(history, new Change(to, null, now)));
    }

    private Payment with(PaymentStatus to, @Nullable String why, int stillDue, List<Change> changes) {
        return new Payment(
                reference,
                paymentId,
                orderId,
                amount,
                paymentToken,
                callbackUrl,
                to,
                why,
                answered,
                answeredCode,
                stillDue,
                changes);
    }

    private static List<Change> with(List<Change> before, Change last) {
        return Stream.concat(before.stream(), Stream.of(last)).toList();
    }
}
