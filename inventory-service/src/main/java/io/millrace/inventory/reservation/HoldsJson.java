package io.millrace.inventory.reservation;

import io.millrace.events.inventory.StockReserved.Hold;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The holds of a reservation as they are kept in the database: {@code [[sku, location, quantity], ...]}. */
final class HoldsJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private HoldsJson() {}

    static String write(List<Hold> holds) {
        ArrayNode rows = MAPPER.createArrayNode();
        holds.forEach(
                hold -> rows.addArray().add(hold.sku()).add(hold.location()).add(hold.quantity()));
        return rows.toString();
    }

    static List<Hold> read(String json) {
        return MAPPER.readTree(json).valueStream().map(HoldsJson::hold).toList();
    }

    private static Hold hold(JsonNode row) {
        return new Hold(
                row.path(0).asString(), row.path(1).asString(), row.path(2).asInt());
    }
}
