package io.millrace.traffic.load;

/**
 * An order on its way.
 *
 * @param intendedNanos when it was due, on {@link System#nanoTime()}'s clock
 * @param tries how often it has been sent before
 */
record PlacedOrder(long index, String key, int customer, long intendedNanos, int tries) {

    PlacedOrder again() {
        return new PlacedOrder(index, key, customer, intendedNanos, tries + 1);
    }
}
