package io.millrace.traffic.load;

/** Makes the orders to place. */
@FunctionalInterface
public interface OrderFactory {

    /**
     * The body of an order, JSON. Called on the driver's thread, again for each retry: the same index must give the same
     * bytes, and its processor time is the driver's.
     *
     * @param index 0 for the first order, then counting up
     * @param key the order's idempotency key
     */
    byte[] body(long index, String key);
}
