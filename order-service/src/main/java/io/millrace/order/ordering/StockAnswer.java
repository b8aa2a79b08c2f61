package io.millrace.order.ordering;

/** What inventory has answered so far. */
public enum StockAnswer {
    /** Nothing yet. */
    UNKNOWN,
    /** Every line is held. */
    RESERVED,
    /** At least one product falls short; nothing is held. */
    REJECTED
}
