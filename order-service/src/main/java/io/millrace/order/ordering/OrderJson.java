package io.millrace.order.ordering;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.events.Money;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON kept in the database: lines, address and history of an order. */
final class OrderJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private OrderJson() {}

    /** A line in short: the currency is the order's. */
    private record StoredLine(String sku, String name, int quantity, long unitMinor) {}

    static String lines(List<PricedLine> lines) {
        return MAPPER.writeValueAsString(lines.stream()
                .map(line -> new StoredLine(
                        line.sku(),
                        line.name(),
                        line.quantity(),
                        line.unitPrice().minorUnits()))
                .toList());
    }

    static List<PricedLine> lines(String json, String currency) {
        return MAPPER.readValue(json, new TypeReference<List<StoredLine>>() {}).stream()
                .map(line -> new PricedLine(line.sku, line.name, line.quantity, new Money(line.unitMinor, currency)))
                .toList();
    }

    static String address(ShippingAddress address) {
        return MAPPER.writeValueAsString(address);
    }

    static ShippingAddress address(String json) {
        return MAPPER.readValue(json, ShippingAddress.class);
    }

    static String history(List<Transition> transitions) {
        return MAPPER.writeValueAsString(transitions);
    }

    static List<Transition> history(String json) {
        return MAPPER.readValue(json, new TypeReference<>() {});
    }
}
