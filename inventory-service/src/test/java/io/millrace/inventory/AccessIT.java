package io.millrace.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inventory.InventoryFixtures.Shop;
import io.millrace.web.route.RouteRules;
import io.millrace.web.testing.AccessMatrix;
import io.millrace.web.testing.TestIssuer;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may do what. */
@InventoryIT
class AccessIT {

    private static final String CUSTOMER = "orders:read orders:write";
    private static final String OPERATOR =
            "orders:read:any orders:write:any catalogue:write stock:feed ops:read ops:write";
    private static final String ANALYST = "fraud:review ops:read";

    @Autowired
    private TestIssuer issuer;

    @Autowired
    private RouteRules rules;

    @Autowired
    private Shop shop;

    @LocalServerPort
    private int port;

    @Test
    void letsInWhomTheTableNamesAndNobodyElse() throws Exception {
        assertThat(new AccessMatrix(URI.create("http://127.0.0.1:" + port), issuer).violations(rules))
                .isEmpty();
    }

    @Test
    void letsCustomersReadAndChangeNothing() {
        String sku = shop.product(5);
        try (Http http = new Http(port)) {
            for (String customer : new String[] {"customer", "customer2"}) {
                String bearer = issuer.bearer(customer, CUSTOMER.split(" "));
                assertThat(http.get("/api/products/" + sku, bearer).status()).isEqualTo(200);
                assertThat(http.get("/api/products", bearer).status()).isEqualTo(200);
                assertThat(http.get("/api/inventory/" + sku, bearer).status()).isEqualTo(200);
                assertThat(http.get("/api/inventory/" + sku + "/levels", bearer).status())
                        .isEqualTo(403);
                assertThat(put(http, sku, bearer)).isEqualTo(403);
                assertThat(delete(http, sku, bearer)).isEqualTo(403);
                assertThat(receive(http, sku, bearer)).isEqualTo(403);
                assertThat(load(http, bearer)).isEqualTo(403);
            }
            assertThat(shop.level(sku).onHand()).isEqualTo(5);
            assertThat(http.get("/api/products/" + sku, null).header("ETag")).isEqualTo("\"1\"");
        }
    }

    @Test
    void letsAnalystsReadLevelsAndOperatorsDoEverything() {
        String sku = shop.product(5);
        try (Http http = new Http(port)) {
            String analyst = issuer.bearer("analyst", ANALYST.split(" "));
            assertThat(http.get("/api/inventory/" + sku + "/levels", analyst).status())
                    .isEqualTo(200);
            assertThat(put(http, sku, analyst)).isEqualTo(403);
            assertThat(receive(http, sku, analyst)).isEqualTo(403);

            String operator = issuer.bearer("operator", OPERATOR.split(" "));
            assertThat(http.get("/api/inventory/" + sku + "/levels", operator).status())
                    .isEqualTo(200);
            assertThat(put(http, sku, operator)).isEqualTo(200);
            assertThat(receive(http, sku, operator)).isEqualTo(201);
            assertThat(load(http, operator)).isEqualTo(200);
            assertThat(delete(http, sku, operator)).isEqualTo(204);
        }
    }

    private static int put(Http http, String sku, String bearer) {
        return http.send("PUT", "/api/products/" + sku, bearer, """
                        {"name": "Another", "price": {"minorUnits": 1, "currency": "GBP"}}""", Map.of()).status();
    }

    private static int delete(Http http, String sku, String bearer) {
        return http.send("DELETE", "/api/products/" + sku, bearer, null, Map.of())
                .status();
    }

    private static int receive(Http http, String sku, String bearer) {
        return http.send("POST", "/api/inventory/receipts", bearer, """
                        {"receiptId": "%s", "sku": "%s", "location": "LON-1", "quantity": 1}""".formatted(sku, sku), Map.of())
                .status();
    }

    private static int load(Http http, String bearer) {
        return http.send("POST", "/api/products/import", bearer, "\n", Map.of("Content-Type", "application/x-ndjson"))
                .status();
    }
}
