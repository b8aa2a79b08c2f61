package io.millrace.order.ordering;

/** How the order's payment stands, as far as the order's course depends on it. */
public enum PaymentState {
    /** Not asked for: stock or fraud scoring has not cleared the order. */
    NONE,
    /** An attempt is under way; its outcome may be unknown for a while. */
    PENDING,
    /** The amount is set aside at the provider. */
    AUTHORISED,
    /** The provider refused. */
    DECLINED,
    /** What was, or may yet have been, authorised is being given back. */
    VOIDING,
    /** It was authorised after the order's end, and is being given back. */
    AUTHORISED_LATE,
    /** It was given back. */
    VOIDED
}
