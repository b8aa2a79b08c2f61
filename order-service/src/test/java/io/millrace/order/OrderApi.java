package io.millrace.order;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as a client would. */
final class OrderApi {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    OrderApi(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** An answer: its status, headers and JSON. */
    record Answer(HttpResponse<String> response, JsonNode json) {
        int status() {
            return response.statusCode();
        }

        String id() {
            return json.get("id").asString();
        }

        String code() {
            return json.path("code").asString("");
        }

        /** The fields a problem names. */
        String fields() {
            return json.path("errors")
                    .valueStream()
                    .map(error -> error.get("field").asString())
                    .reduce((a, b) -> a + "," + b)
                    .orElse("");
        }
    }

    static String newKey() {
        return UUID.randomUUID().toString();
    }

    static String body(String sku, int quantity, String paymentToken) {
        return """
                {"lines": [{"sku": "%s", "quantity": %d}],
                 "shipTo": {"name": "Ada Byron", "street": "12 St James's Square", "city": "London",
                            "postalCode": "SW1Y 4JH", "country": "GB"},
                 "contact": {"email": "ada@example.org"},
                 "paymentToken": "%s"}
                """.formatted(sku, quantity, paymentToken);
    }

    Answer place(String bearer, String key, String body) {
        return call(request("/api/orders", bearer)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** As part of a trace of the client's. */
    Answer placeTraced(String bearer, String key, String body, String traceparent) {
        return call(request("/api/orders", bearer)
                .header("Idempotency-Key", key)
                .header("traceparent", traceparent)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** Without saying beforehand how long the body is. */
    Answer placeInChunks(String bearer, String key, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return call(request("/api/orders", bearer)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                .build());
    }

    Answer placeWithoutKey(String bearer, String body) {
        return call(request("/api/orders", bearer)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    Answer get(String bearer, String id) {
        return call(request("/api/orders/" + id, bearer).GET().build());
    }

    Answer callback(@Nullable String signature, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/callbacks/payments"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (signature != null) {
            request.header("Millrace-Signature", signature);
        }
        return call(request.build());
    }

    private HttpRequest.Builder request(String path, String bearer) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", bearer);
    }

    private Answer call(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            String body = response.body();
            return new Answer(response, body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
