package io.millrace.order.payment;

/** Where a payment attempt stands. */
public enum AttemptStatus {
    /** Committed before the provider is called: whatever happens to this process, the attempt is known. */
    INTENT,
    /** The provider set the amount aside. Settled, unless it is to be given back. */
    AUTHORISED,
    /** The provider refused. Settled. */
    DECLINED,
    /** The provider was called and did not answer: it is asked by reference, never charged blindly again. */
    UNKNOWN,
    /** Given back, or barred from ever being charged. Settled. */
    VOIDED;

    /** Whether no answer changes it any more. */
    public boolean isFinal() {
        return this == DECLINED || this == VOIDED;
    }
}
