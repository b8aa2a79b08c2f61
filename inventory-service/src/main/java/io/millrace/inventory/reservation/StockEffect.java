package io.millrace.inventory.reservation;

/** What becomes of the units of a reservation when it changes. */
enum StockEffect {
    /** Nothing. */
    NONE,
    /** Free units are held. */
    HOLD,
    /** Held units are allocated. */
    ALLOCATE,
    /** Held units are free again. */
    RELEASE_HELD,
    /** Allocated units are free again. */
    RELEASE_ALLOCATED
}
