package io.millrace.local.seeding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SeedCatalogueTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final SeedCatalogue catalogue = SeedCatalogue.standard();

    @Test
    void holdsProductsThatTheImportTakes() {
        assertThat(catalogue.lines()).hasSizeBetween(300, 1_000).allSatisfy(line -> {
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

    /** What README, checks and people's own commands order must stay what it was. */
    @Test
    void beginsWithTheProductsEverybodyKnowsInPlenty() {
        assertThat(catalogue.lines().getFirst())
                .isEqualTo("{\"sku\": \"TEA-ASSAM-250\", \"name\": \"Assam leaf tea, 250 g\","
                        + " \"price\": {\"minorUnits\": 890, \"currency\": \"EUR\"}, \"category\": \"kitchen/tea\"}");
        assertThat(catalogue.skus().subList(0, 20))
                .contains("TEAPOT-GLASS-12", "TEA-ROOIBOS-200", "KNIFE-CHEF-20", "RUG-WOOL-200")
                .endsWith("HOSE-FLEX-20M");
        assertThat(SeedStock.of(0, "TEA-ASSAM-250")).isEqualTo(Map.of("berlin", 400, "lyon", 250, "rotterdam", 150));
        for (int i = 0; i < 20; i++) {
            assertThat(units(i)).isEqualTo(800 + 30 * i);
        }
        assertThat(units(catalogue.skus().indexOf("TEA-ROOIBOS-200")))
                .as("the README orders 999 of it in vain")
                .isLessThan(999);
    }

    @Test
    void hasADozenCategoriesOfManyProductsAndNoNameTwice() {
        Map<String, Long> products = catalogue.lines().stream()
                .map(line -> JSON.readTree(line).get("category").asString())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(products).hasSizeGreaterThanOrEqualTo(12);
        assertThat(products.values()).allMatch(count -> count >= 12);
        assertThat(catalogue.lines())
                .extracting(line -> JSON.readTree(line).get("name").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesSomeProductsScarceAndFewSoldOut() {
        int[] units =
                IntStream.range(0, catalogue.skus().size()).map(this::units).toArray();
        assertThat(IntStream.of(units).filter(all -> all == 0).count()).isBetween(1L, 15L);
        assertThat(IntStream.of(units).filter(all -> all > 0 && all < 30).count())
                .isBetween(20L, 70L);
        assertThat(IntStream.of(units).filter(all -> all > 200).count())
                .isGreaterThan(catalogue.skus().size() * 3 / 4);
    }

    @Test
    void receivesEverythingInRequestsOfAllowedSizeUnderIdsThatStayTheSame() {
        List<String> bodies = catalogue.receiptsBodies();
        assertThat(bodies)
                .hasSizeGreaterThan(1)
                .isEqualTo(SeedCatalogue.standard().receiptsBodies())
                .allSatisfy(body -> {
                    assertThat(receipts(body)).hasSizeLessThanOrEqualTo(1_000);
                    assertThat(body).hasSizeLessThan(256 * 1024);
                });
        List<JsonNode> receipts =
                bodies.stream().flatMap(body -> receipts(body).stream()).toList();
        assertThat(receipts)
                .extracting(receipt -> receipt.get("receiptId").asString())
                .doesNotHaveDuplicates();
        assertThat(receipts).allSatisfy(receipt -> {
            assertThat(receipt.get("receiptId").asString())
                    .isEqualTo("seed-" + receipt.get("sku").asString() + "-"
                            + receipt.get("location").asString())
                    .matches("[!-~]{1,64}");
            assertThat(catalogue.skus()).contains(receipt.get("sku").asString());
            assertThat(receipt.get("location").asString()).isIn("berlin", "lyon", "rotterdam");
            assertThat(receipt.get("quantity").asInt()).isBetween(1, 10_000);
        });
        assertThat(receipts.stream()
                        .mapToInt(receipt -> receipt.get("quantity").asInt())
                        .sum())
                .isEqualTo(IntStream.range(0, catalogue.skus().size())
                        .map(this::units)
                        .sum());
    }

    @Test
    void asksForOneOfEverythingByOrdersThatAreBoundToBeRefused() {
        List<JsonNode> orders =
                catalogue.hopelessOrders().stream().map(JSON::readTree).toList();
        assertThat(orders).allSatisfy(order -> {
            assertThat(order.get("lines").size()).isBetween(1, 100);
            assertThat(order.get("expectedTotal").get("minorUnits").asLong()).isEqualTo(1);
            assertThat(order.get("paymentToken").asString()).isEqualTo("tok_declined");
        });
        assertThat(orders.stream()
                        .flatMap(order -> order.get("lines").valueStream())
                        .map(line -> line.get("sku").asString()))
                .isEqualTo(catalogue.skus());
    }

    private int units(int position) {
        return SeedStock.of(position, catalogue.skus().get(position)).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static List<JsonNode> receipts(String body) {
        return JSON.readTree(body).get("receipts").valueStream().toList();
    }
}
