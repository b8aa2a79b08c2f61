package io.millrace.traffic.shoppers;

/**
 * A made-up person who comes to the shop, always from the same device.
 *
 * @param number among all of the {@link Population}
 * @param id pseudonym the shop gives, for clicks
 * @param customer name of the account, for tokens
 * @param name for the parcel
 * @param email for the confirmation
 * @param address for the parcel
 * @param device pseudonym of the device
 * @param card payment token whose payments are authorised
 */
record Visitor(
        long number,
        String id,
        String customer,
        String name,
        String email,
        Address address,
        String device,
        String card) {

    /** Names nobody, as this may end in a log. */
    @Override
    public String toString() {
        return "Visitor[" + id + "]";
    }
}
