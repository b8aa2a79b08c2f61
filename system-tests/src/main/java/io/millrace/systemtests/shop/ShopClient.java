package io.millrace.systemtests.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The shop's API, through its front door. Thread-safe. */
public final class ShopClient implements AutoCloseable {

    /** Statuses after which nothing changes any more, as far as ordering goes. */
    public static final Set<String> ENDED = Set.of("CONFIRMED", "COMPLETED", "REJECTED", "CANCELLED", "EXPIRED");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 100;
    private static final int RECEIPTS_AT_ONCE = 500;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final UnaryOperator<String> demoTokens;

    /**
     * A client.
     *
     * @param url the front door
     * @param demoTokens gives a demo user's token
     */
    public ShopClient(URI url, UnaryOperator<String> demoTokens) {
        this.url = url;
        this.demoTokens = demoTokens;
    }

    /** A demo user's token. */
    public String token(String user) {
        return demoTokens.apply(user);
    }

    /** Places an order under a key. */
    public Answer place(String token, String key, OrderBody body) throws InterruptedException, IOException {
        return send(request("/api/orders", token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body.json()))
                .build());
    }

    /** Places an order under a new key, which must be accepted. */
    public Answer place(String token, OrderBody body) throws InterruptedException, IOException {
        return place(token, UUID.randomUUID().toString(), body).require(201);
    }

    /** An order as its customer sees it. */
    public Answer order(String token, UUID id) throws InterruptedException, IOException {
        return get("/api/orders/" + id, token);
    }

    /** Anything that is read. */
    public Answer get(String path, String token) throws InterruptedException, IOException {
        return send(request(path, token).GET().build());
    }

    /** Sends JSON. */
    public Answer post(String path, String token, String json) throws InterruptedException, IOException {
        return send(request(path, token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    /**
     * Waits until an order has a status, or another that it can't leave.
     *
     * @return the order then, or at the end of patience
     */
    public Answer await(String token, UUID id, String status, Duration patience)
            throws InterruptedException, IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Answer answer = order(token, id);
            String now = answer.text("status");
            if (now.equals(status) || ENDED.contains(now) || System.nanoTime() > end) {
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Lists products at a price in EUR cents and books stock of each at one location, then waits until they can be ordered. */
    public void offer(Collection<String> skus, long price, int quantity, String location)
            throws InterruptedException, IOException {
        String operator = token("operator");
        StringBuilder lines = new StringBuilder();
        List<String> receipts = new ArrayList<>();
        for (String sku : skus) {
            lines.append("{\"sku\":\"%s\",\"name\":\"%s\",\"price\":{\"minorUnits\":%d,\"currency\":\"EUR\"}}%n"
                    .formatted(sku, sku, price));
            if (quantity > 0) {
                receipts.add("{\"receiptId\":\"check-%s-%s\",\"sku\":\"%s\",\"location\":\"%s\",\"quantity\":%d}"
                        .formatted(sku, location, sku, location, quantity));
            }
        }
        send(request("/api/products/import", operator)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(lines.toString()))
                        .build())
                .require(200);
        for (int from = 0; from < receipts.size(); from += RECEIPTS_AT_ONCE) {
            List<String> some = receipts.subList(from, Math.min(receipts.size(), from + RECEIPTS_AT_ONCE));
            post("/api/inventory/receipts", operator, "{\"receipts\":[" + String.join(",", some) + "]}")
                    .require(201);
        }
        awaitOnSale(skus);
    }

    /** An order that is bound to be refused, for its total, tells by its refusal whether its products are known. */
    private void awaitOnSale(Collection<String> skus) throws InterruptedException, IOException {
        String customer = token("customer");
        for (String sku : skus) {
            String body = OrderBody.of(sku, 1).json();
            String hopeless = body.substring(0, body.length() - 1)
                    + ",\"expectedTotal\":{\"minorUnits\":1,\"currency\":\"EUR\"}}";
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (post("/api/orders", customer, hopeless).status() != 409) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            sku + " can't be ordered " + PATIENCE.toSeconds() + " s after listing");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest request) throws InterruptedException, IOException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
