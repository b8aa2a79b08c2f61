package io.millrace.traffic.shoppers;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An order to be placed.
 *
 * @param buyer by whose account, from which device, and where to
 * @param card payment token
 * @param lines at least one
 */
record Purchase(Visitor buyer, String card, List<Line> lines) {

    Purchase {
        lines = List.copyOf(lines);
    }

    /** The body of the request. */
    String body() {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        ArrayNode ordered = order.putArray("lines");
        lines.forEach(
                line -> ordered.addObject().put("sku", line.product().sku()).put("quantity", line.quantity()));
        Address address = buyer.address();
        order.putObject("shipTo")
                .put("name", buyer.name())
                .put("street", address.street())
                .put("city", address.city())
                .put("postalCode", address.postalCode())
                .put("country", address.country());
        order.putObject("contact").put("email", buyer.email());
        return order.put("paymentToken", card)
                .put("visitorId", buyer.id())
                .put("deviceId", buyer.device())
                .toString();
    }

    /** Names nobody, as this may end in a log. */
    @Override
    public String toString() {
        return "Purchase[" + buyer + ", lines=" + lines.size() + "]";
    }
}
