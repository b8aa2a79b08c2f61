package io.millrace.traffic.shoppers;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The shop, by its public API. Each part of it has a {@link Gate} of its own, so that recommendations that are away keep
 * nobody from ordering. Thread-safe.
 */
final class Shop {

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 20;

    private final ShopHttp http;
    private final URI url;
    private final Gate products;
    private final Gate recommendations;
    private final Gate clickstream;
    private final Gate orders;
    private final Gate stock;

    Shop(ShopHttp http, URI url, LongSupplier nanoTime) {
        this.http = http;
        this.url = url;
        this.products = gate(nanoTime);
        this.recommendations = gate(nanoTime);
        this.clickstream = gate(nanoTime);
        this.orders = gate(nanoTime);
        this.stock = gate(nanoTime);
    }

    /** A gate as every part has one. */
    static Gate gate(LongSupplier nanoTime) {
        return new Gate(FIRST_BACKOFF, LONGEST_BACKOFF, nanoTime);
    }

    /** All products, at most 4,000 of them; empty when they can't be read. */
    Optional<List<Product>> products() {
        List<Product> all = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            HttpRequest request =
                    ShopHttp.get(at("/api/products?limit=" + PAGE + cursor)).build();
            Optional<Answer> answer = http.send(products, request, Shop::works).filter(Answer::isSuccess);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            JsonNode json = answer.get().json();
            json.path("items").forEach(item -> all.add(product(item)));
            String next = json.path("next").asString("");
            if (next.isEmpty()) {
                break;
            }
            cursor = "&cursor=" + encoded(next);
        }
        return Optional.of(all);
    }

    private static Product product(JsonNode item) {
        return new Product(
                item.path("sku").asString(""),
                item.path("price").path("minorUnits").asLong(0),
                item.path("price").path("currency").asString(""),
                item.path("category").asString(""));
    }

    /** What the shop recommends to a visitor. */
    Shown recommended(String visitorId) {
        return shown(at("/api/recommendations?visitorId=" + encoded(visitorId)));
    }

    /** What the shop shows beside a product. */
    Shown similar(String sku) {
        return shown(at("/api/recommendations/items/" + encoded(sku) + "/similar"));
    }

    private Shown shown(URI uri) {
        HttpRequest request = ShopHttp.get(uri).build();
        return http.send(recommendations, request, Answer::isSuccess)
                .filter(Answer::isSuccess)
                .map(answer -> shown(answer.json()))
                .orElse(Shown.NOTHING);
    }

    private static Shown shown(JsonNode json) {
        String id = json.path("recommendationId").asString("");
        List<String> skus = Stream.of("items", "recommendations")
                .flatMap(field -> json.path(field).valueStream())
                .map(item -> item.path("sku").asString(""))
                .toList();
        return id.isEmpty() ? Shown.NOTHING : new Shown(id, skus);
    }

    /** Reports clicks; how many were taken, the others being refused for good. Empty when they are to be reported again. */
    OptionalInt report(List<Click> clicks) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        clicks.forEach(click -> events.add(click.json()));
        String body =
                JsonNodeFactory.instance.objectNode().set("events", events).toString();
        HttpRequest request = ShopHttp.post(at("/api/clickstream"), body).build();
        // 404: a shop without a clickstream, which need not be told of every click
        return http.send(clickstream, request, answer -> works(answer) && answer.status() != 404)
                .filter(Answer::isSuccess)
                .map(answer -> OptionalInt.of(answer.json().path("accepted").asInt(clicks.size())))
                .orElseGet(OptionalInt::empty);
    }

    /** Places an order; empty when the shop did not answer, or must not be asked now. */
    Optional<Answer> place(String token, String key, String body) {
        HttpRequest request = ShopHttp.post(at("/api/orders"), body)
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .build();
        return http.send(orders, request, Shop::works);
    }

    /** An order's status; empty when it can't be seen. */
    Optional<String> status(String token, String orderId) {
        HttpRequest request = ShopHttp.get(at("/api/orders/" + encoded(orderId)))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(orders, request, Shop::works)
                .filter(Answer::isSuccess)
                .map(answer -> answer.json().path("status").asString(""))
                .filter(status -> !status.isEmpty());
    }

    /** Units of a product that can be sold, by location; empty when that can't be seen. */
    Optional<Map<String, Long>> available(String sku) {
        HttpRequest request = ShopHttp.get(at("/api/inventory/" + encoded(sku))).build();
        return http.send(stock, request, Shop::works).filter(Answer::isSuccess).map(answer -> {
            Map<String, Long> units = new TreeMap<>();
            answer.json()
                    .path("locations")
                    .forEach(level -> units.put(
                            level.path("location").asString(""),
                            level.path("available").asLong(0)));
            return units;
        });
    }

    /** Receives goods; empty when the shop did not answer, or must not be asked now. */
    Optional<Answer> receive(String token, Delivery delivery) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("receiptId", delivery.receiptId())
                .put("sku", delivery.sku())
                .put("location", delivery.location())
                .put("quantity", delivery.quantity())
                .toString();
        HttpRequest request = ShopHttp.post(at("/api/inventory/receipts"), body)
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", delivery.receiptId())
                .build();
        return http.send(stock, request, Shop::works);
    }

    private static boolean works(Answer answer) {
        return answer.status() < 500 && answer.status() != 429;
    }

    private URI at(String path) {
        return url.resolve(path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
