package io.millrace.monitoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as the console does. */
final class OpsApi {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String bearer;

    OpsApi(int port, String bearer) {
        this.base = "http://127.0.0.1:" + port;
        this.bearer = bearer;
    }

    /** An answer: its status and JSON. */
    record Answer(int status, JsonNode json) {

        JsonNode at(String pointer) {
            return json.at(pointer);
        }
    }

    /**
     * Asks.
     *
     * @param parameters names and values in turn
     */
    Answer get(String path, Object... parameters) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1].toString(), StandardCharsets.UTF_8));
        }
        HttpResponse<String> response = send(path + query, BodyHandlers.ofString());
        String body = response.body();
        return new Answer(response.statusCode(), JsonMapper.shared().readTree(body.isEmpty() ? "{}" : body));
    }

    /** Opens the live stream. */
    Live live() {
        return new Live(send("/api/ops/live", BodyHandlers.ofInputStream()));
    }

    private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", bearer)
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return client.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A stream of server-sent events. */
    static final class Live implements AutoCloseable {

        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        private Live(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The next summary; waits for it. */
        JsonNode next() {
            try {
                String event = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event:")) {
                        event = line.substring("event:".length());
                    }
                    if (line.startsWith("data:") && event.equals("summary")) {
                        return JsonMapper.shared().readTree(line.substring("data:".length()));
                    }
                }
                throw new AssertionError("the stream ended");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whether the stream ends by itself, once all that comes is read. */
        boolean ends() {
            try {
                while (lines.readLine() != null) {
                    // whatever it is
                }
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
