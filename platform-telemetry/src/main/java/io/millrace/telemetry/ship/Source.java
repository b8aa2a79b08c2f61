package io.millrace.telemetry.ship;

import java.util.Optional;

/** Where shipments of one signal come from. Used by one thread. */
public interface Source {

    /** What it gives. */
    Signal signal();

    /**
     * The next shipment; empty when there is none at present.
     *
     * @param stopping whether the service stops, so that what would come later must come now
     */
    Optional<Shipment> next(boolean stopping);

    /** Items that wait. */
    int waiting();
}
