package io.millrace.traffic.provider;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A merchant in a test: asks the provider, and takes its callbacks. */
final class Merchant implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer callbacks;
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<Callback> received = new CopyOnWriteArrayList<>();

    record Callback(String signature, String body) {}

    Merchant() throws IOException {
        callbacks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        callbacks.createContext("/callbacks", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Callback(exchange.getRequestHeaders().getFirst(CallbackSignature.HEADER), body));
            exchange.sendResponseHeaders(refusals.getAndUpdate(left -> Math.max(left - 1, 0)) > 0 ? 503 : 204, -1);
            exchange.close();
        });
        callbacks.start();
    }

    List<Callback> received() {
        return received;
    }

    void refuseNext(int number) {
        refusals.set(number);
    }

    String body(String reference, String token) {
        return """
                {"reference":"%s","orderId":"o-1","amount":{"minorUnits":1299,"currency":"GBP"},"paymentToken":"%s",\
                "callbackUrl":"http://127.0.0.1:%d/callbacks"}""".formatted(reference, token, callbacks.getAddress().getPort());
    }

    HttpResponse<String> pay(int port, String reference, String token) throws IOException, InterruptedException {
        return pay(port, reference, BodyPublishers.ofString(body(reference, token)));
    }

    HttpResponse<String> pay(int port, String key, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return client.send(
                to(port, "/payments").header("Idempotency-Key", key).POST(body).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> find(int port, String reference) throws IOException, InterruptedException {
        return get(port, "/payments/" + reference);
    }

    HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(to(port, path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> giveBack(int port, String reference) throws IOException, InterruptedException {
        return client.send(
                to(port, "/payments/" + reference + "/void")
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        callbacks.stop(0);
        client.shutdownNow();
    }
}
