package io.millrace.local.seeding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Against a shop that answers as the services do and remembers what it was told. */
class SeedingTest {

    private static final SeedCatalogue CATALOGUE = SeedCatalogue.standard();
    private static final int PRODUCTS = CATALOGUE.skus().size();
    private static final int RECEIPTS = CATALOGUE.receiptsBodies().stream()
            .mapToInt(body -> body.split("receiptId", -1).length - 1)
            .sum();

    private final Shop shop = new Shop();

    @BeforeEach
    void open() throws IOException {
        shop.open();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void fillsAnEmptyShopAndWaitsUntilThingsCanBeOrdered() {
        shop.unknownToOrdering = 2;
        assertThat(seed()).isEqualTo("listed " + PRODUCTS + " products and filled three locations");
        assertThat(shop.listed).hasSize(PRODUCTS);
        assertThat(shop.receipts).hasSize(RECEIPTS);
        assertThat(shop.requests)
                .startsWith("operator GET /api/products?limit=1", "operator POST /api/products/import")
                .containsOnlyOnce("operator POST /api/products/import");
        assertThat(shop.requests)
                .filteredOn("operator POST /api/inventory/receipts"::equals)
                .hasSameSizeAs(CATALOGUE.receiptsBodies());
        assertThat(shop.requests)
                .filteredOn("customer POST /api/orders"::equals)
                .as("every product is asked for, two of the orders again")
                .hasSize(CATALOGUE.hopelessOrders().size() + 2);
    }

    @Test
    void addsNothingTheSecondTime() {
        seed();
        shop.requests.clear();
        assertThat(seed()).isEqualTo("the catalogue is as you left it");
        assertThat(shop.listed).hasSize(PRODUCTS);
        assertThat(shop.receipts).hasSize(RECEIPTS);
        assertThat(shop.requests).noneMatch(request -> request.contains("import"));
    }

    @Test
    void completesASeedingThatWasInterrupted() {
        seed();
        shop.receipts.removeIf(id -> id.contains("lyon"));
        seed();
        assertThat(shop.receipts).hasSize(RECEIPTS);
    }

    @Test
    void leavesACatalogueAloneThatIsSomebodysOwn() {
        shop.listed.add("MY-OWN");
        assertThat(seed()).isEqualTo("the catalogue is your own: nothing added");
        assertThat(shop.listed).containsExactly("MY-OWN");
        assertThat(shop.receipts).isEmpty();
    }

    @Test
    void comesAgainWhenAServiceIsNotReadyForAMoment() {
        shop.refusals.addAll(List.of(503, 503, 502));
        assertThat(seed()).startsWith("listed");
        assertThat(shop.receipts).hasSize(RECEIPTS);
    }

    @Test
    void saysWhatWasRefused() {
        shop.refusals.add(403);
        assertThatThrownBy(this::seed)
                .isInstanceOf(SeedingException.class)
                .hasMessageContaining("GET /api/products?limit=1 was answered 403");
    }

    @Test
    void saysWhenNotEverythingWasListed() {
        shop.rejectedLines = 1;
        assertThatThrownBy(this::seed)
                .isInstanceOf(SeedingException.class)
                .hasMessageContaining("not every product was listed")
                .hasMessageContaining("\"rejectedLines\": 1");
    }

    @Test
    void saysWhenNobodyAnswers() {
        shop.close();
        assertThatThrownBy(this::seed).isInstanceOf(SeedingException.class).hasMessageContaining("/api/products");
    }

    private String seed() {
        return Seeding.standard(shop.url(), user -> "token-of-" + user).run();
    }

    /** Products, receipts and orders, as far as seeding is concerned. */
    private static final class Shop {

        private final JsonMapper json = new JsonMapper();
        private final Set<String> listed = new LinkedHashSet<>();
        private final Set<String> receipts = new LinkedHashSet<>();
        private final List<String> requests = new ArrayList<>();
        private final Deque<Integer> refusals = new ArrayDeque<>();
        private int unknownToOrdering;
        private int rejectedLines;
        private final HttpServer server;

        Shop() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void open() throws IOException {
            server.createContext("/", this::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        }

        void close() {
            server.stop(0);
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        private synchronized void answer(HttpExchange exchange) throws IOException {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String user = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer token-of-", "");
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            requests.add(user + " " + request);
            Integer refusal = refusals.poll();
            if (refusal != null) {
                say(exchange, refusal, "{}");
                return;
            }
            switch (request) {
                case "GET /api/products?limit=1" ->
                    say(exchange, 200, listed.isEmpty() ? "{ \"items\": [ ] }" : "{\"items\":[{}]}");
                case "POST /api/products/import" -> {
                    body.lines()
                            .skip(rejectedLines)
                            .forEach(line ->
                                    listed.add(json.readTree(line).get("sku").asString()));
                    say(
                            exchange,
                            200,
                            "{ \"accepted\": " + listed.size() + ", \"rejectedLines\": " + rejectedLines + "}");
                }
                case "POST /api/inventory/receipts" -> receive(exchange, body);
                case "POST /api/orders" -> say(exchange, unknownToOrdering-- > 0 ? 422 : 409, "{}");
                default -> say(exchange, 404, "{}");
            }
        }

        private void receive(HttpExchange exchange, String body) throws IOException {
            var sent = json.readTree(body).get("receipts").valueStream().toList();
            if (!sent.stream()
                    .allMatch(receipt -> listed.contains(receipt.get("sku").asString()))) {
                say(exchange, 422, "{}");
                return;
            }
            long booked = sent.stream()
                    .filter(receipt -> receipts.add(receipt.get("receiptId").asString()))
                    .count();
            say(exchange, booked > 0 ? 201 : 200, "{}");
        }

        private static void say(HttpExchange exchange, int status, String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }
}
