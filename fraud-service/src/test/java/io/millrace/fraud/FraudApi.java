package io.millrace.fraud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as an analyst's client would. */
final class FraudApi {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    FraudApi(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** An answer: its status and JSON. */
    record Answer(int status, JsonNode json) {

        String text(String field) {
            return json.path(field).asString("");
        }
    }

    Answer decision(String bearer, UUID orderId) {
        return get(bearer, "/api/fraud/decisions/" + orderId);
    }

    Answer fraudCase(String bearer, UUID orderId) {
        return get(bearer, "/api/fraud/cases/" + orderId);
    }

    Answer get(String bearer, String path) {
        return call(HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", bearer));
    }

    Answer decide(String bearer, UUID orderId, String body) {
        return call(HttpRequest.newBuilder(URI.create(base + "/api/fraud/cases/" + orderId + "/decision"))
                .header("Authorization", bearer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private Answer call(HttpRequest.Builder request) {
        try {
            var response = client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
