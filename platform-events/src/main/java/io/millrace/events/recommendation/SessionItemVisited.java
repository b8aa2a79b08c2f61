package io.millrace.events.recommendation;

import io.millrace.events.EventType;
import java.time.Instant;
import java.util.List;

/**
 * A session came to a product it had not visited before.
 *
 * @param sessionId the session: visits of one visitor without a long pause
 * @param sku the product
 * @param earlierSkus products the session had visited before, newest first, none of them twice; bounded
 * @param visitedAt when, by the shop's clock
 */
@EventType("session.item-visited")
public record SessionItemVisited(String sessionId, String sku, List<String> earlierSkus, Instant visitedAt)
        implements SessionEvent {}
