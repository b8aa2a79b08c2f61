package io.millrace.recommendation.clickstream;

import org.jspecify.annotations.Nullable;

/**
 * A click as the shop reports it, of which nothing is certain yet.
 *
 * @param eventId UUID made by the shop, the same when the click is reported again
 * @param type {@code item-viewed}, {@code item-added-to-cart} or {@code recommendation-clicked}
 * @param visitorId pseudonym of the visitor, made by the shop
 * @param sku the product
 * @param quantity units put into the cart; 1 when absent
 * @param recommendationId the list a clicked recommendation stood in
 * @param position its place there, counted from 1
 * @param occurredAt when, ISO 8601; now when absent
 */
public record ReportedClick(
        @Nullable String eventId,
        @Nullable String type,
        @Nullable String visitorId,
        @Nullable String sku,
        @Nullable Integer quantity,
        @Nullable String recommendationId,
        @Nullable Integer position,
        @Nullable String occurredAt) {}
