package io.millrace.traffic.shoppers;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something a visitor did, to be reported.
 *
 * @param eventId always the same when it is reported again
 * @param visitorId who
 * @param step what: a step that is about a product
 * @param at when
 */
record Click(UUID eventId, String visitorId, Step step, Instant at) {

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("eventId", eventId.toString());
        json.put("visitorId", visitorId);
        switch (step) {
            case Step.View(Product product) -> json.put("type", "item-viewed").put("sku", product.sku());
            case Step.Follow(Product product, String recommendationId, int position) ->
                json.put("type", "recommendation-clicked")
                        .put("sku", product.sku())
                        .put("recommendationId", recommendationId)
                        .put("position", position);
            case Step.AddToCart(Line line) ->
                json.put("type", "item-added-to-cart")
                        .put("sku", line.product().sku())
                        .put("quantity", line.quantity());
            case Step.Order _, Step.Leave _ -> throw new IllegalArgumentException("not about a product: " + step);
        }
        return json.put("occurredAt", at.toString());
    }
}
