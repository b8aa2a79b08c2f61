package io.millrace.events.recommendation;

import io.millrace.events.EventType;
import java.time.Instant;

/**
 * A visitor looked at a product.
 *
 * @param visitorId pseudonym of the visitor, made by the shop
 * @param sku the product
 * @param occurredAt when, by the shop's clock
 */
@EventType("clickstream.item-viewed")
public record ItemViewed(String visitorId, String sku, Instant occurredAt) implements ClickstreamEvent {}
