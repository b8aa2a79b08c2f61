package io.millrace.inventory.stock;

/**
 * Goods that came in.
 *
 * @param receiptId the source's id of it, unique with the source: the same again is the same receipt
 * @param sku the product
 * @param location where they lie
 * @param quantity units, at least 1
 */
public record Receipt(String receiptId, String sku, String location, int quantity) {}
