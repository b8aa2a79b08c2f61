package io.millrace.traffic.shoppers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Requests to the shop, each through a {@link Gate}. Answers of more than 4 MiB count as none. Thread-safe. */
final class ShopHttp implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 4 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();

    static HttpRequest.Builder get(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN);
    }

    static HttpRequest.Builder post(URI uri, String json) {
        return get(uri).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    }

    /**
     * Sends a request, unless the gate is closed.
     *
     * @param healthy which answers show that this part of the shop works; others close its gate
     * @return the answer; empty when the gate is closed or nobody answers
     */
    Optional<Answer> send(Gate gate, HttpRequest request, Predicate<Answer> healthy) {
        Gate.Pass pass = gate.enter();
        if (pass == Gate.Pass.NONE) {
            return Optional.empty();
        }
        Optional<Answer> answer = exchange(request);
        if (answer.filter(healthy).isPresent()) {
            gate.passed();
        } else {
            gate.failed(pass, answer.map(Answer::retryAfter).orElse(Duration.ZERO));
        }
        return answer;
    }

    private Optional<Answer> exchange(HttpRequest request) {
        try {
            HttpResponse<byte[]> response =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
            String retryAfter = response.headers().firstValue("Retry-After").orElse("");
            return Optional.of(Answer.of(response.statusCode(), response.body(), retryAfter));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Ends requests that are under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
