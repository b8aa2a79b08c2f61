package io.millrace.events.order;

/** Why an order was refused. */
public enum RejectionReason {
    /** At least one line exceeds what is available. */
    OUT_OF_STOCK,
    /** Fraud scoring blocked the transaction. */
    FRAUD_BLOCKED,
    /** An analyst declined the held order. */
    REVIEW_DECLINED,
    /** Nobody decided the held order before its deadline. */
    REVIEW_TIMEOUT,
    /** The payment provider declined. */
    PAYMENT_DECLINED
}
