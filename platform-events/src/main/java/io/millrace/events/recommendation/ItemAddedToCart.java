package io.millrace.events.recommendation;

import io.millrace.events.EventType;
import java.time.Instant;

/**
 * A visitor put a product into the cart.
 *
 * @param visitorId pseudonym of the visitor, made by the shop
 * @param sku the product
 * @param quantity units, at least 1
 * @param occurredAt when, by the shop's clock
 */
@EventType("clickstream.item-added-to-cart")
public record ItemAddedToCart(String visitorId, String sku, int quantity, Instant occurredAt)
        implements ClickstreamEvent {}
