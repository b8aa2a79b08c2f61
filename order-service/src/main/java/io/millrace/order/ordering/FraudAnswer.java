package io.millrace.order.ordering;

/** What fraud scoring, or the analyst it asked for, has answered so far. */
public enum FraudAnswer {
    /** Nothing yet. */
    UNKNOWN,
    /** Cleared, by scoring or by an analyst. */
    APPROVED,
    /** Scoring asked for a review or a step-up, and nobody has decided. */
    HELD,
    /** Scoring blocked the transaction. */
    BLOCKED,
    /** An analyst declined it. */
    DECLINED
}
