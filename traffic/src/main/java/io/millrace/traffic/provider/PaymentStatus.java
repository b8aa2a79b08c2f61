package io.millrace.traffic.provider;

/** What the provider says of a payment, and what that permits. */
enum PaymentStatus {
    /** Not decided yet. May be voided, and is then never authorised. */
    PENDING,
    /** The amount is reserved on the card. May be voided. */
    AUTHORISED,
    /** Refused for ever: nothing is reserved, so there is nothing to void. */
    DECLINED,
    /** Given back, or closed before it was ever asked for. Final. */
    VOIDED
}
