package io.millrace.inventory.stock;

/**
 * What lies of a product at a location, and what is promised of it; all in units, none negative.
 *
 * @param sku the product
 * @param location the location
 * @param onHand units on the shelf
 * @param held units promised to undecided orders
 * @param allocated units promised to confirmed orders, until they leave
 * @param quarantined units on the shelf that must not be sold
 * @param missing units promised that are not on the shelf; {@code short} elsewhere, which Java keeps for itself
 * @param incoming units announced by suppliers
 * @param version grows by one with every change of this level
 */
public record Level(
        String sku,
        String location,
        long onHand,
        long held,
        long allocated,
        long quarantined,
        long missing,
        long incoming,
        long version) {

    /** Units that can be promised: on hand = available + held + allocated + quarantined - missing. */
    public long available() {
        return onHand + missing - held - allocated - quarantined;
    }

    /** The same with more or fewer units held and allocated. */
    Level promised(long moreHeld, long moreAllocated) {
        return new Level(
                sku,
                location,
                onHand,
                held + moreHeld,
                allocated + moreAllocated,
                quarantined,
                missing,
                incoming,
                version);
    }
}
