package io.millrace.events.recommendation;

import io.millrace.events.EventType;
import java.time.Instant;

/**
 * A visitor followed a recommendation to a product, which is thereby also looked at.
 *
 * @param visitorId pseudonym of the visitor, made by the shop
 * @param sku the product
 * @param recommendationId id of the list of recommendations it stood in
 * @param position its place in that list, counted from 1
 * @param occurredAt when, by the shop's clock
 */
@EventType("clickstream.recommendation-clicked")
public record RecommendationClicked(
        String visitorId, String sku, String recommendationId, int position, Instant occurredAt)
        implements ClickstreamEvent {}
