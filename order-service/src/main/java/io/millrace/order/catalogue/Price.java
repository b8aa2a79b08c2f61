package io.millrace.order.catalogue;

import io.millrace.events.Money;

/**
 * What a product costs now.
 *
 * @param sku the product
 * @param name what a customer reads
 * @param unitPrice price of one unit
 */
public record Price(String sku, String name, Money unitPrice) {}
