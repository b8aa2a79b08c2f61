package io.millrace.traffic.shoppers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A shop behind a front door, identity included, that answers as the services do; a test can have it answer otherwise. */
final class StubShop implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "s3cret";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Map<String, String> orders = new ConcurrentHashMap<>();
    private final AtomicInteger generation = new AtomicInteger();
    private volatile Function<Seen, @Nullable Integer> trouble = _ -> null;
    private volatile List<Product> listed = Products.ALL;
    private volatile int mostClicks = Integer.MAX_VALUE;
    private volatile String availability =
            "{\"sku\":\"X\",\"available\":100,\"locations\":[{\"location\":\"lyon\"," + "\"available\":100}]}";

    /** A request: {@code token} is that of the subject, {@code key} the idempotency key, each empty without one. */
    record Seen(String method, String path, String query, String key, String token, String body) {
        String route() {
            return method + " " + path;
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    StubShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    URI tokenUrl() {
        return url().resolve("/identity/oauth2/token");
    }

    List<Seen> seen() {
        return seen;
    }

    List<Seen> seen(String route) {
        return seen.stream().filter(request -> request.route().equals(route)).toList();
    }

    /** Keys of the orders that were taken. */
    Map<String, String> orders() {
        return orders;
    }

    /** From now on answers with these statuses; as usual where there is none. */
    void inTrouble(Function<Seen, @Nullable Integer> statuses) {
        trouble = statuses;
    }

    void lists(List<Product> products) {
        listed = products;
    }

    void has(String newAvailability) {
        availability = newAvailability;
    }

    /** Of each batch. */
    void acceptsClicks(int most) {
        mostClicks = most;
    }

    /** Tokens given so far are refused from now on. */
    void withdrawTokens() {
        generation.incrementAndGet();
    }

    private void take(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Seen request = new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                header(exchange, "Idempotency-Key"),
                header(exchange, "Authorization").replace("Bearer ", ""),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        seen.add(request);
        Integer status = trouble.apply(request);
        if (status != null) {
            answer(exchange, status, "{\"code\":\"trouble\"}");
            return;
        }
        String path = request.path();
        if (path.equals("/identity/oauth2/token")) {
            token(exchange, request);
        } else if (path.equals("/api/products")) {
            products(exchange, request);
        } else if (path.startsWith("/api/recommendations")) {
            answer(exchange, 200, recommendations());
        } else if (path.equals("/api/clickstream")) {
            int events = request.json().get("events").size();
            int accepted = Math.min(events, mostClicks);
            answer(exchange, 202, "{\"accepted\":" + accepted + ",\"rejected\":" + (events - accepted) + "}");
        } else if (path.startsWith("/api/orders")) {
            order(exchange, request);
        } else if (path.equals("/api/inventory/receipts")) {
            answer(exchange, request.token().startsWith("operator-") ? 201 : 403, "{}");
        } else if (path.startsWith("/api/inventory/")) {
            answer(exchange, 200, availability);
        } else {
            answer(exchange, 404, "{}");
        }
    }

    private void token(HttpExchange exchange, Seen request) throws IOException {
        String credentials =
                new String(Base64.getDecoder().decode(request.token().replace("Basic ", "")), StandardCharsets.UTF_8);
        String subject = request.body().contains("&shopper=") && credentials.equals("shoppers:" + SECRET)
                ? "shopper-" + request.body().replaceAll(".*&shopper=", "")
                : "operator";
        if (!credentials.endsWith(":" + SECRET)) {
            answer(exchange, 401, "{}");
            return;
        }
        answer(
                exchange,
                200,
                "{\"access_token\":\"" + subject + "-g" + generation.get()
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":3599}");
    }

    /** In pages of three quarters of the catalogue. */
    private void products(HttpExchange exchange, Seen request) throws IOException {
        int half = listed.size() * 3 / 4;
        boolean second = request.query().contains("cursor=");
        var items = JSON.createArrayNode();
        (second ? listed.subList(half, listed.size()) : listed.subList(0, half)).forEach(product -> {
            var item = items.addObject().put("sku", product.sku()).put("category", product.category());
            item.putObject("price").put("minorUnits", product.price()).put("currency", product.currency());
        });
        var page = JSON.createObjectNode();
        page.set("items", items);
        if (second) {
            page.putNull("next");
        } else {
            page.put("next", "the/rest+");
        }
        answer(exchange, 200, page.toString());
    }

    private static String recommendations() {
        var page = JSON.createObjectNode()
                .put("recommendationId", UUID.randomUUID().toString());
        var items = page.putArray("items");
        Products.CATALOGUE.all().products().stream()
                .limit(12)
                .forEach(product -> items.addObject().put("sku", product.sku()).put("reason", "trending"));
        return page.toString();
    }

    private void order(HttpExchange exchange, Seen request) throws IOException {
        if (!request.token().endsWith("-g" + generation.get())) {
            answer(exchange, 401, "{}");
        } else if (request.method().equals("POST")) {
            String id =
                    orders.computeIfAbsent(request.key(), _ -> UUID.randomUUID().toString());
            answer(exchange, 201, "{\"id\":\"" + id + "\",\"status\":\"PENDING\"}");
        } else {
            answer(exchange, 200, "{\"id\":\"x\",\"status\":\"CONFIRMED\"}");
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
