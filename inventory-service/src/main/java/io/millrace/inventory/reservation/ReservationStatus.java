package io.millrace.inventory.reservation;

/** Where a reservation stands. */
enum ReservationStatus {
    /** Every unit is promised to an undecided order: it may be allocated or released. */
    HELD,
    /** Every unit is promised to a confirmed order: it may only be released, if the order says so after all. */
    ALLOCATED,
    /** The order has ended: nothing is promised to it, and nothing ever will be. */
    RELEASED,
    /** Nothing was ever promised, as a product fell short: there is nothing to release. */
    REJECTED
}
