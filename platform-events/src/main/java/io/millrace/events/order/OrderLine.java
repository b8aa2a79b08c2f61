package io.millrace.events.order;

import io.millrace.events.Money;

/**
 * One line of an order.
 *
 * @param sku the product
 * @param quantity units, at least 1
 * @param unitPrice price of one unit when the order was placed
 */
public record OrderLine(String sku, int quantity, Money unitPrice) {}
