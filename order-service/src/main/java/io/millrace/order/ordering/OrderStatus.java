package io.millrace.order.ordering;

/** Where an order stands. */
public enum OrderStatus {
    /** Accepted; answers from inventory, fraud scoring or the payment provider are awaited. May still end in any way. */
    PENDING,
    /** Fraud scoring wants a person to decide; stock stays reserved, no money moves. Goes on, or is rejected. */
    ON_HOLD,
    /** Reserved, cleared and paid for. Its goods may be shipped. */
    CONFIRMED,
    /** Everything ordered has been delivered or returned. Nothing is left to do. */
    COMPLETED,
    /** Refused; whatever had been done for it is undone. */
    REJECTED,
    /** Called off by customer or operator; whatever had been done for it is undone. */
    CANCELLED,
    /** Not decided by its deadline; whatever had been done for it is undone. */
    EXPIRED;

    /** Whether answers can still change the order's course. */
    public boolean isUndecided() {
        return this == PENDING || this == ON_HOLD;
    }
}
