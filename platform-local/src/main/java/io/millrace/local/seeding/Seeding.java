package io.millrace.local.seeding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty catalogue and the shelves through the public API, as an operator would.
 *
 * <p>A catalogue that holds anything is left alone. Stock is booked under receipt ids that are always the same, so that a
 * seeding that was interrupted is completed, and one that was not is not repeated.
 */
public final class Seeding {

    private static final Duration ON_SALE_WITHIN = Duration.ofSeconds(30);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 20_000;

    private final SeedCatalogue catalogue;
    private final URI url;
    private final Tokens tokens;

    private Seeding(SeedCatalogue catalogue, URI url, Tokens tokens) {
        this.catalogue = catalogue;
        this.url = url;
        this.tokens = tokens;
    }

    /** Gives access tokens. */
    @FunctionalInterface
    public interface Tokens {
        /** A token of a demo user. */
        String of(String user);
    }

    /** With the platform's own products, against a front door. */
    public static Seeding standard(URI url, Tokens tokens) {
        return new Seeding(SeedCatalogue.standard(), url, tokens);
    }

    /**
     * Seeds, and waits until what was seeded can be ordered.
     *
     * @return what was done, for people
     * @throws SeedingException when the API refuses
     */
    public String run() {
        String operator = tokens.of("operator");
        boolean listed = !isEmpty(require(send("GET", "/api/products?limit=1", null, null, operator), 200));
        if (!listed) {
            list(operator);
        }
        boolean booked = false;
        for (String receipts : catalogue.receiptsBodies()) {
            Answer answer = send("POST", "/api/inventory/receipts", "application/json", receipts, operator);
            if (listed && answer.status() == 422) {
                return "the catalogue is your own: nothing added";
            }
            if (answer.status() == 201) {
                booked = true;
            } else {
                require(answer, 200);
            }
        }
        if (!listed) {
            awaitOnSale();
        }
        return listed && !booked
                ? "the catalogue is as you left it"
                : "listed " + catalogue.skus().size() + " products and filled three locations";
    }

    /** An import tells of lines it does not take, and is answered 200 all the same. */
    private void list(String operator) {
        Answer answer = require(
                send("POST", "/api/products/import", "application/x-ndjson", catalogue.productsBody(), operator), 200);
        if (!answer.body()
                .replaceAll("\\s", "")
                .contains("\"accepted\":" + catalogue.skus().size() + ",")) {
            throw new SeedingException("not every product was listed: " + answer.body());
        }
    }

    private static boolean isEmpty(Answer products) {
        return products.body().replaceAll("\\s", "").contains("\"items\":[]");
    }

    /** Ordering learns of products by events. Orders that are bound to be refused tell by that whether it has. */
    private void awaitOnSale() {
        String customer = tokens.of("customer");
        long deadline = System.nanoTime() + ON_SALE_WITHIN.toNanos();
        for (String order : catalogue.hopelessOrders()) {
            while (send("POST", "/api/orders", "application/json", order, customer)
                            .status()
                    != 409) {
                if (System.nanoTime() > deadline) {
                    throw new SeedingException(
                            "products can't be ordered " + ON_SALE_WITHIN.toSeconds() + " s after they were listed");
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SeedingException("interrupted");
        }
    }

    private Answer require(Answer answer, int status) {
        if (answer.status() != status) {
            throw new SeedingException(answer.request() + " was answered " + answer.status() + ": " + answer.body());
        }
        return answer;
    }

    private record Answer(String request, int status, String body) {}

    /** Sends again what met a service that is busy or not ready: whatever is sent here may be repeated. */
    private Answer send(String method, String path, @Nullable String contentType, @Nullable String body, String token) {
        long deadline = System.nanoTime() + ANSWERED_WITHIN.toNanos();
        Answer answer = sendOnce(method, path, contentType, body, token);
        while (PASSING.contains(answer.status()) && System.nanoTime() < deadline) {
            pause();
            answer = sendOnce(method, path, contentType, body, token);
        }
        return answer;
    }

    private Answer sendOnce(
            String method, String path, @Nullable String contentType, @Nullable String body, String token) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) url.resolve(path).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            connection.setRequestProperty("Idempotency-Key", UUID.randomUUID().toString());
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", contentType);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            int status = connection.getResponseCode();
            boolean error = status >= HttpURLConnection.HTTP_BAD_REQUEST;
            try (InputStream in = error ? connection.getErrorStream() : connection.getInputStream()) {
                String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(method + " " + path, status, text);
            }
        } catch (IOException e) {
            throw new SeedingException(method + " " + path + " failed: " + e.getMessage());
        }
    }
}
