package io.millrace.recommendation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as a shop's pages would, from an address of the caller's choice. */
final class ShopApi {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String address;

    ShopApi(int port, String address) {
        this.base = "http://127.0.0.1:" + port;
        this.address = address;
    }

    /** An answer: its status, JSON and when to come again. */
    record Answer(int status, JsonNode json, Optional<String> retryAfter) {

        String text(String field) {
            return json.path(field).asString("");
        }

        List<String> skus() {
            List<String> skus = new ArrayList<>();
            json.path("items").forEach(item -> skus.add(item.path("sku").asString()));
            return skus;
        }
    }

    Answer get(String path) {
        return call(HttpRequest.newBuilder(URI.create(base + path)));
    }

    Answer recommendations(String visitor, int limit) {
        return get("/api/recommendations?visitorId=" + visitor + "&limit=" + limit);
    }

    Answer similar(String sku, int limit) {
        return get("/api/recommendations/items/" + sku + "/similar?limit=" + limit);
    }

    Answer post(String body) {
        return call(HttpRequest.newBuilder(URI.create(base + "/api/clickstream"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    Answer report(List<String> events) {
        return post(batch(events));
    }

    static String batch(List<String> events) {
        return "{\"events\":[" + String.join(",", events) + "]}";
    }

    static String viewed(String visitor, String sku) {
        return viewed(visitor, sku, Instant.now());
    }

    static String viewed(String visitor, String sku, Instant at) {
        return "{\"eventId\":\"%s\",\"type\":\"item-viewed\",\"visitorId\":\"%s\",\"sku\":\"%s\",\"occurredAt\":\"%s\"}"
                .formatted(UUID.randomUUID(), visitor, sku, at);
    }

    private Answer call(HttpRequest.Builder request) {
        try {
            var response = client.send(
                    request.header("X-Forwarded-For", address)
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body()),
                    response.headers().firstValue("Retry-After"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
