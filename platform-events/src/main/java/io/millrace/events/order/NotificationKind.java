package io.millrace.events.order;

/** What a message tells the customer. */
public enum NotificationKind {

    /** The order is confirmed. */
    ORDER_CONFIRMED,

    /** The order was refused. */
    ORDER_REJECTED,

    /** The order was not decided in time and is ended. */
    ORDER_EXPIRED
}
