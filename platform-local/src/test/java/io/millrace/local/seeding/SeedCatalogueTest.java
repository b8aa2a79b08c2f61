package io.millrace.local.seeding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SeedCatalogueTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final SeedCatalogue catalogue = SeedCatalogue.standard();

    @Test
    void holdsProductsThatTheImportTakes() {
        assertThat(catalogue.lines()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(line -> {
            JsonNode product = JSON.readTree(line);
            assertThat(product.propertyNames()).containsExactlyInAnyOrder("sku", "name", "price", "category");
            assertThat(product.get("sku").asString()).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
            assertThat(product.get("name").asString()).isNotBlank().hasSizeLessThanOrEqualTo(200);
            assertThat(product.get("price").get("minorUnits").asLong()).isPositive();
            assertThat(product.get("price").get("currency").asString()).isEqualTo("EUR");
            assertThat(product.get("category").asString()).matches("[a-z]+(/[a-z]+)*");
        });
    }

    @Test
    void knowsEachProductByItsSkuOnce() {
        assertThat(catalogue.skus())
                .doesNotHaveDuplicates()
                .isEqualTo(catalogue.lines().stream()
                        .map(line -> JSON.readTree(line).get("sku").asString())
                        .toList());
    }

    @Test
    void importsALinePerProduct() {
        assertThat(catalogue.productsBody().lines()).isEqualTo(catalogue.lines());
    }

    @Test
    void fillsEveryLocationWithEveryProductUnderIdsThatStayTheSame() {
        List<JsonNode> receipts = receipts(catalogue);
        assertThat(receipts).hasSize(3 * catalogue.skus().size());
        assertThat(receipts)
                .extracting(receipt -> receipt.get("receiptId").asString())
                .doesNotHaveDuplicates();
        assertThat(receipts).allSatisfy(receipt -> {
            assertThat(receipt.get("receiptId").asString())
                    .isEqualTo("seed-" + receipt.get("sku").asString() + "-"
                            + receipt.get("location").asString())
                    .matches("[!-~]{1,64}");
            assertThat(catalogue.skus()).contains(receipt.get("sku").asString());
            assertThat(receipt.get("location").asString()).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
            assertThat(receipt.get("quantity").asInt()).isBetween(1, 10_000);
        });
        assertThat(catalogue.receiptsBody()).isEqualTo(SeedCatalogue.standard().receiptsBody());
    }

    @Test
    void asksForOneOfEverythingByAnOrderThatIsBoundToBeRefused() {
        JsonNode order = JSON.readTree(catalogue.hopelessOrder());
        assertThat(order.get("lines").valueStream().map(line -> line.get("sku").asString()))
                .isEqualTo(catalogue.skus());
        assertThat(order.get("expectedTotal").get("minorUnits").asLong()).isEqualTo(1);
        assertThat(order.get("paymentToken").asString()).isEqualTo("tok_declined");
    }

    private static List<JsonNode> receipts(SeedCatalogue catalogue) {
        return JSON.readTree(catalogue.receiptsBody())
                .get("receipts")
                .valueStream()
                .toList();
    }
}
