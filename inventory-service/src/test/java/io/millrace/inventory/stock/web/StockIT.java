package io.millrace.inventory.stock.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inventory.Http;
import io.millrace.inventory.Http.Answer;
import io.millrace.inventory.InventoryFixtures.Shop;
import io.millrace.inventory.InventoryIT;
import io.millrace.web.testing.TestIssuer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Receipts and levels over HTTP. */
@InventoryIT
class StockIT {

    @Autowired
    private TestIssuer issuer;

    @Autowired
    private Shop shop;

    @Autowired
    private JdbcTemplate jdbc;

    @LocalServerPort
    private int port;

    private Http http;
    private String warehouse;

    @BeforeEach
    void open() {
        http = new Http(port);
        warehouse = issuer.bearer("warehouse-" + UUID.randomUUID(), "stock:feed");
    }

    @AfterEach
    void close() {
        http.close();
        shop.assertConserved();
    }

    private Answer receive(String bearer, String body) {
        return http.send("POST", "/api/inventory/receipts", bearer, body, Map.of());
    }

    private static String receipt(String id, String sku, String location, int quantity) {
        return """
                {"receiptId": "%s", "sku": "%s", "location": "%s", "quantity": %d}""".formatted(id, sku, location, quantity);
    }

    private Answer levels(String sku) {
        return http.get("/api/inventory/" + sku + "/levels", warehouse);
    }

    @Test
    void booksAReceiptAndShowsItToAnybody() {
        String sku = shop.product();
        Answer booked = receive(warehouse, receipt("R1", sku, "LON-1", 7));
        receive(warehouse, receipt("R2", sku, "MAN-1", 3));

        assertThat(booked.status()).isEqualTo(201);
        assertThat(booked.json().path("receiptId").asString()).isEqualTo("R1");
        Answer availability = http.get("/api/inventory/" + sku, null);
        assertThat(availability.status()).isEqualTo(200);
        assertThat(availability.json().toString()).isEqualTo("""
                {"sku":"%s","available":10,"locations":[{"location":"LON-1","available":7},{"location":"MAN-1","available":3}]}""".formatted(sku));
    }

    @Test
    void showsEveryFigureOfALevelToThoseWhoWorkWithIt() {
        String sku = shop.product();
        receive(warehouse, receipt("R1", sku, "LON-1", 7));

        assertThat(levels(sku).json().path("levels").path(0).toString()).isEqualTo("""
                {"sku":"%s","location":"LON-1","onHand":7,"held":0,"allocated":0,"quarantined":0,"short":0,"incoming":0,\
                "available":7,"version":1}""".formatted(sku));
    }

    @Test
    void booksAReceiptOnceHoweverOftenItIsSent() {
        String sku = shop.product();
        Answer first = receive(warehouse, receipt("R1", sku, "LON-1", 7));
        Answer again = receive(warehouse, receipt("R1", sku, "LON-1", 7));

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("repeated").asBoolean()).isTrue();
        assertThat(shop.level(sku).onHand()).isEqualTo(7);
    }

    @Test
    void booksAReceiptOnceWhenItIsSentManyTimesAtOnce() throws Exception {
        String sku = shop.product();
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            calls.add(() -> receive(warehouse, receipt("R1", sku, "LON-1", 7)));
        }
        int created = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> call : clients.invokeAll(calls)) {
                assertThat(call.get().status()).isIn(200, 201);
                created += call.get().status() == 201 ? 1 : 0;
            }
        }
        assertThat(created).isEqualTo(1);
        assertThat(shop.level(sku).onHand()).isEqualTo(7);
    }

    @Test
    void refusesAnotherReceiptUnderTheSameId() {
        String sku = shop.product();
        receive(warehouse, receipt("R1", sku, "LON-1", 7));
        Answer other = receive(warehouse, receipt("R1", sku, "LON-1", 8));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("receipt-conflict");
        assertThat(other.field()).isEqualTo("receiptId");
        assertThat(shop.level(sku).onHand()).isEqualTo(7);
    }

    @Test
    void keepsTheIdsOfTwoSourcesApart() {
        String sku = shop.product();
        receive(warehouse, receipt("R1", sku, "LON-1", 7));
        Answer others = receive(issuer.bearer("another", "stock:feed"), receipt("R1", sku, "LON-1", 8));

        assertThat(others.status()).isEqualTo(201);
        assertThat(shop.level(sku).onHand()).isEqualTo(15);
    }

    @Test
    void booksAllReceiptsOfARequestOrNone() {
        String sku = shop.product();
        receive(warehouse, receipt("R1", sku, "LON-1", 7));
        String mixed = "{\"receipts\": [%s, %s, %s]}"
                .formatted(
                        receipt("R2", sku, "LON-1", 1), receipt("R1", sku, "LON-1", 8), receipt("R3", sku, "LON-1", 1));

        Answer refused = receive(warehouse, mixed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.field()).isEqualTo("receipts[1].receiptId");
        assertThat(shop.level(sku).onHand()).isEqualTo(7);

        Answer booked = receive(warehouse, mixed.replace("\"quantity\": 8", "\"quantity\": 7"));
        assertThat(booked.status()).isEqualTo(201);
        assertThat(booked.json().path("receipts"))
                .extracting(row -> row.path("repeated").asBoolean())
                .containsExactly(false, true, false);
        assertThat(shop.level(sku).onHand()).isEqualTo(9);
    }

    @Test
    void refusesOneIdForTwoReceiptsOfARequest() {
        String sku = shop.product();
        Answer refused = receive(
                warehouse,
                "{\"receipts\": [%s, %s]}".formatted(receipt("R1", sku, "LON-1", 1), receipt("R1", sku, "LON-1", 2)));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(shop.levels(sku)).isEmpty();
    }

    @Test
    void refusesProductsThatWereNeverListed() {
        Answer refused = receive(warehouse, receipt("R1", "NEVER-LISTED", "LON-1", 1));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("unknown-product");
        assertThat(refused.field()).isEqualTo("sku");
    }

    @Test
    void takesStockOfADelistedProductAndOffersNoneOfIt() {
        String sku = shop.product();
        http.send("DELETE", "/api/products/" + sku, issuer.bearer("operator", "catalogue:write"), null, Map.of());
        Answer booked = receive(warehouse, receipt("R1", sku, "LON-1", 7));

        assertThat(booked.status()).isEqualTo(201);
        assertThat(http.get("/api/inventory/" + sku, null).status()).isEqualTo(404);
        assertThat(levels(sku).json().path("levels")).hasSize(1);
    }

    @Test
    void answersZeroForAProductThatNeverHadStock() {
        String sku = shop.product();

        assertThat(http.get("/api/inventory/" + sku, null)
                        .json()
                        .path("available")
                        .asLong())
                .isZero();
        assertThat(levels(sku).json().path("levels")).isEmpty();
    }

    @Test
    void knowsNoStockOfWhatWasNeverListed() {
        assertThat(http.get("/api/inventory/NEVER-LISTED", null).code()).isEqualTo("product-not-found");
        assertThat(levels("NEVER-LISTED").code()).isEqualTo("product-not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|receiptId",
                "{\"receiptId\": \"\", \"sku\": \"A\", \"location\": \"L\", \"quantity\": 1}|receiptId",
                "{\"receiptId\": \"R\", \"sku\": \"a b\", \"location\": \"L\", \"quantity\": 1}|sku",
                "{\"receiptId\": \"R\", \"sku\": \"A\", \"location\": \"/\", \"quantity\": 1}|location",
                "{\"receiptId\": \"R\", \"sku\": \"A\", \"location\": \"L\", \"quantity\": 0}|quantity",
                "{\"receiptId\": \"R\", \"sku\": \"A\", \"location\": \"L\", \"quantity\": 1000001}|quantity",
                "{\"receiptId\": \"R\", \"sku\": \"A\", \"location\": \"L\", \"quantity\": 1.5}|quantity",
                "{\"receiptId\": \"R\", \"sku\": \"A\", \"location\": \"L\", \"quantity\": 1, \"price\": 1}|price",
                "{\"receipts\": []}|receipts",
                "{\"receipts\": [{\"receiptId\": \"R\", \"sku\": \"A\", \"location\": \"L\"}]}|receipts[0].quantity",
                "{\"receipts\": [{\"receiptId\": \"R\", \"sku\": \"A\", \"location\": \"L\", \"quantity\": 0}]}|receipts[0].quantity",
                "{\"receiptId\": \"R\", \"receipts\": [{\"receiptId\": \"R\", \"sku\": \"A\", \"location\": \"L\", \"quantity\": 1}]}|receipts"
            })
    void refusesWhatIsNoReceiptAndNamesTheField(String body, String field) {
        Answer refused = receive(warehouse, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo(field);
    }

    @Test
    void refusesMoreReceiptsThanTheLimit() {
        String many = IntStream.range(0, 1_001)
                .mapToObj(i -> receipt("R" + i, "A", "L", 1))
                .collect(Collectors.joining(",", "{\"receipts\": [", "]}"));
        Answer refused = receive(warehouse, many);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo("receipts");
        assertThat(receive(warehouse, " ".repeat(300_000) + "{}").status()).isEqualTo(413);
    }

    @Test
    void keepsMovementsAsTheyAre() {
        shop.product(5);

        assertThatThrownBy(() -> jdbc.update("update movements set on_hand_change = on_hand_change + 1"))
                .hasMessageContaining("never changed");
    }

    @Test
    void isRefusedByTheDatabaseItselfWhenItWouldOversell() {
        String sku = shop.product(5);

        assertThatThrownBy(() -> jdbc.update("update levels set held = held + 6 where sku = ?", sku))
                .hasMessageContaining("levels_never_oversold");
    }
}
