package io.millrace.events.inventory;

import io.millrace.events.EventType;
import java.util.List;

/**
 * The availability of a product over all locations: absolute and versioned. The topic is compacted; a reader drops
 * whatever is not newer than what it has.
 *
 * @param sku the product
 * @param version grows with every published change of this product; numbers may be skipped
 * @param available units that can be sold, over all locations, not negative
 * @param locations the same by location, in the order of their names
 */
@EventType("inventory.availability-changed")
public record AvailabilityChanged(String sku, long version, long available, List<AtLocation> locations)
        implements AvailabilityEvent {

    /**
     * What is available at one location.
     *
     * @param location the location
     * @param available units, not negative
     */
    public record AtLocation(String location, long available) {}
}
