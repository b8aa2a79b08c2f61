package io.millrace.inventory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the service. */
public final class Http implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    /** A client of the service at a port of this machine. */
    public Http(int port) {
        this.port = port;
    }

    /** What came back: status, headers, and the body as JSON where there is one. */
    public record Answer(HttpResponse<String> response, JsonNode json) {

        /** The HTTP status. */
        public int status() {
            return response.statusCode();
        }

        /** A header; empty where there is none. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The problem's code. */
        public String code() {
            return json.path("code").asString("");
        }

        /** The name of the first wrong field. */
        public String field() {
            return json.path("errors").path(0).path("field").asString("");
        }
    }

    /** Reads. */
    public Answer get(String path, @Nullable String bearer) {
        return send("GET", path, bearer, null, Map.of());
    }

    /** Sends a body, as JSON unless the headers say otherwise. */
    public Answer send(
            String method, String path, @Nullable String bearer, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (bearer != null) {
            request.setHeader("Authorization", bearer);
        }
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Answer(response, text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text));
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
