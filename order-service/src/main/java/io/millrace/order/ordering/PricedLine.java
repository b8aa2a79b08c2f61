package io.millrace.order.ordering;

import io.millrace.events.Money;

/**
 * A line of an order as it was placed.
 *
 * @param sku the product
 * @param name what the customer read
 * @param quantity units, at least 1
 * @param unitPrice price of one unit then
 */
public record PricedLine(String sku, String name, int quantity, Money unitPrice) {

    /** Price of the whole line. */
    public Money total() {
        return unitPrice.times(quantity);
    }
}
