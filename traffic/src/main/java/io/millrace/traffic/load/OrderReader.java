package io.millrace.traffic.load;

import java.util.Optional;

/** Tells from an order, as the shop shows it, whether it has ended. */
@FunctionalInterface
public interface OrderReader {

    /** The ending an order's JSON tells of; empty while it has not ended. Called on the driver's thread. */
    Optional<OrderEnding> read(byte[] body);
}
