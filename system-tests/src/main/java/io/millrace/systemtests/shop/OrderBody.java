package io.millrace.systemtests.shop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of an order, built line by line; skus and tokens need no escaping.
 *
 * @param lines as JSON objects
 * @param paymentToken what to pay with
 */
public record OrderBody(List<String> lines, String paymentToken) {

    /** An order of one line that can be paid. */
    public static OrderBody of(String sku, int quantity) {
        return new OrderBody(List.of(), "tok_ok").and(sku, quantity);
    }

    /** With one more line. */
    public OrderBody and(String sku, int quantity) {
        List<String> more = new ArrayList<>(lines);
        more.add("{\"sku\":\"" + sku + "\",\"quantity\":" + quantity + "}");
        return new OrderBody(List.copyOf(more), paymentToken);
    }

    /** Paid by another token. */
    public OrderBody paidBy(String token) {
        return new OrderBody(lines, token);
    }

    /** The JSON. */
    public String json() {
        return """
                {"lines":[%s],"shipTo":{"name":"Ada Miller","street":"Mill Lane 1","city":"Berlin","postalCode":"10115",\
                "country":"DE"},"contact":{"email":"ada@example.org"},"paymentToken":"%s"}""".formatted(String.join(",", lines), paymentToken);
    }

    /** The JSON in UTF-8. */
    public byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }
}
