package io.millrace.order;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A payment provider over real HTTP, which behaves as the payment token says and remembers what it did.
 *
 * <p>{@code tok_ok} is authorised, {@code tok_declined} declined; {@code tok_silent} and {@code tok_malformed} are
 * authorised without an answer that can be understood; {@code tok_undecided} stays pending, and can't be voided, until
 * {@link #authorise} is called.
 */
final class ProviderPeer implements AutoCloseable {

    /** What it signs its reports with. */
    static final String SECRET = "the-provider's-secret";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Map<String, String> statusByReference = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> chargesByReference = new ConcurrentHashMap<>();
    private final Map<String, String> referenceByOrder = new ConcurrentHashMap<>();
    private final CountDownLatch silence = new CountDownLatch(1);

    private ProviderPeer(HttpServer server) {
        this.server = server;
    }

    static ProviderPeer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ProviderPeer peer = new ProviderPeer(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/payments", peer::handle);
            server.start();
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What became of an order's payment; NONE when it was never asked for. */
    String status(String orderId) {
        String reference = referenceByOrder.get(orderId);
        return reference == null ? "NONE" : statusByReference.getOrDefault(reference, "NONE");
    }

    /** How often money was set aside for an order. */
    int charges(String orderId) {
        AtomicInteger charges = chargesByReference.get(reference(orderId));
        return charges == null ? 0 : charges.get();
    }

    String reference(String orderId) {
        return String.valueOf(referenceByOrder.get(orderId));
    }

    /** Sets the money of an undecided payment aside after all. */
    void authorise(String orderId) {
        chargesByReference
                .computeIfAbsent(reference(orderId), _ -> new AtomicInteger())
                .incrementAndGet();
        statusByReference.put(reference(orderId), "AUTHORISED");
    }

    /** What it would report of an order's payment by itself. */
    String report(String orderId, String status) {
        return "{\"reference\":\"%s\",\"status\":\"%s\",\"paymentId\":\"p1\"}".formatted(reference(orderId), status);
    }

    /** The signature header of a report. */
    static String signature(long at, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] digest = mac.doFinal((at + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + at + ",v1=" + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("GET")) {
            String status = statusByReference.get(path.substring("/payments/".length()));
            answer(exchange, status == null ? 404 : 200, "{\"status\":\"" + status + "\"}");
        } else if (path.endsWith("/void")) {
            String reference = path.substring("/payments/".length(), path.length() - "/void".length());
            if ("PENDING".equals(statusByReference.get(reference))) {
                answer(exchange, 503, "{}");
                return;
            }
            statusByReference.put(reference, "VOIDED");
            answer(exchange, 200, "{\"status\":\"VOIDED\"}");
        } else {
            authorise(exchange);
        }
    }

    private void authorise(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        String reference = body.get("reference").asString();
        String token = body.get("paymentToken").asString();
        referenceByOrder.put(body.get("orderId").asString(), reference);
        AtomicInteger charges = chargesByReference.computeIfAbsent(reference, _ -> new AtomicInteger());
        String status = statusByReference.computeIfAbsent(reference, _ -> {
            if (token.startsWith("tok_declined")) {
                return "DECLINED";
            }
            if (token.startsWith("tok_undecided")) {
                return "PENDING";
            }
            charges.incrementAndGet();
            return "AUTHORISED";
        });
        if (token.startsWith("tok_silent")) {
            try {
                boolean _ = silence.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        String answer = token.startsWith("tok_malformed") ? "{\"status\":" : "{\"status\":\"" + status + "\"}";
        answer(exchange, 200, answer);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        silence.countDown();
        server.stop(0);
    }
}
