package io.millrace.traffic.shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests one by one, against a real server; gates' clock is the test's. */
class ShopTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ORDERS = "POST /api/orders";
    private static final String RECEIPTS = "POST /api/inventory/receipts";

    private final AtomicLong now = new AtomicLong();
    private final ShopHttp http = new ShopHttp();
    private final Tally tally = new Tally();
    private final Pauses pauses = new Pauses(Duration.ofMillis(1));
    private final Visitor buyer = new Population(10).person(5);
    private StubShop stub;
    private Shop shop;
    private Tokens tokens;
    private Checkout checkout;

    @BeforeEach
    void open() throws IOException {
        stub = new StubShop();
        shop = new Shop(http, stub.url(), now::get);
        tokens = tokens("s3cret");
        checkout = new Checkout(shop, tokens, pauses, tally, Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        http.close();
        stub.close();
    }

    private Tokens tokens(String secret) {
        return new Tokens(http, Shop.gate(now::get), stub.tokenUrl(), secret, now::get);
    }

    @Test
    void readsTheWholeCatalogue() {
        assertThat(shop.products()).contains(Products.ALL);
        assertThat(stub.seen("GET /api/products"))
                .extracting(StubShop.Seen::query)
                .containsExactly("limit=200", "limit=200&cursor=the%2Frest%2B");
    }

    @Test
    void reportsClicksAsTheShopWantsThem() {
        Product product = Products.ALL.get(3);
        List<Click> clicks = List.of(
                new Click(new UUID(0, 1), "v-1", new Step.View(product), AT),
                new Click(new UUID(0, 2), "v-1", new Step.Follow(product, "r-1", 4), AT),
                new Click(new UUID(0, 3), "v-1", new Step.AddToCart(new Line(product, 2)), AT));
        assertThat(shop.report(clicks)).hasValue(3);
        assertThat(stub.seen("POST /api/clickstream").getFirst().body())
                .isEqualTo("{\"events\":["
                        + "{\"eventId\":\"00000000-0000-0000-0000-000000000001\",\"visitorId\":\"v-1\","
                        + "\"type\":\"item-viewed\",\"sku\":\"SKU-3\",\"occurredAt\":\"2026-03-01T12:00:00Z\"},"
                        + "{\"eventId\":\"00000000-0000-0000-0000-000000000002\",\"visitorId\":\"v-1\","
                        + "\"type\":\"recommendation-clicked\",\"sku\":\"SKU-3\",\"recommendationId\":\"r-1\","
                        + "\"position\":4,\"occurredAt\":\"2026-03-01T12:00:00Z\"},"
                        + "{\"eventId\":\"00000000-0000-0000-0000-000000000003\",\"visitorId\":\"v-1\","
                        + "\"type\":\"item-added-to-cart\",\"sku\":\"SKU-3\",\"quantity\":2,"
                        + "\"occurredAt\":\"2026-03-01T12:00:00Z\"}]}");
    }

    @Test
    void reportsTheSameClicksAgainUntilTheyAreTakenAndLosesNoneMeanwhile() {
        AtomicInteger troubles = new AtomicInteger(2);
        stub.inTrouble(
                request -> request.path().equals("/api/clickstream") && troubles.getAndDecrement() > 0 ? 503 : null);
        Reports reports = reports();
        for (int i = 0; i < 9; i++) {
            reports.add(new Step.View(Products.ALL.get(i)));
            now.addAndGet(Duration.ofSeconds(3).toNanos());
        }
        reports.finish();
        List<List<String>> batches = stub.seen("POST /api/clickstream").stream()
                .map(batch -> batch.json()
                        .get("events")
                        .valueStream()
                        .map(event -> event.get("eventId").asString())
                        .toList())
                .toList();
        assertThat(batches).extracting(List::size).containsExactly(4, 5, 6, 3);
        assertThat(batches.get(2)).startsWith(batches.get(0).toArray(String[]::new));
        assertThat(tally.of(Tally.Count.CLICKS)).isEqualTo(9);
        assertThat(tally.of(Tally.Count.CLICKS_LOST)).isZero();
    }

    @Test
    void countsClicksAsLostThatTheShopRefuses() {
        stub.acceptsClicks(1);
        Reports reports = reports();
        for (int i = 0; i < Reports.BATCH; i++) {
            reports.add(new Step.View(Products.ALL.get(i)));
        }
        reports.finish();
        assertThat(stub.seen("POST /api/clickstream")).hasSize(1);
        assertThat(tally.of(Tally.Count.CLICKS)).isEqualTo(1);
        assertThat(tally.of(Tally.Count.CLICKS_LOST)).isEqualTo(Reports.BATCH - 1);
    }

    private Reports reports() {
        GroundTruth none = new GroundTruth(Path.of("never-written"), 1, tally);
        Scene scene = new Scene(shop, checkout, pauses, tally, none, Clock.systemUTC(), new UUID(1, 2));
        return new Reports(scene, "v-1", Chance.of(3, 4));
    }

    @Test
    void showsWhatTheShopRecommendsInItsOrder() {
        Shown shown = shop.recommended("v 1");
        assertThat(shown.id()).isNotEmpty();
        assertThat(shown.skus())
                .isEqualTo(Products.CATALOGUE.all().products().stream()
                        .limit(12)
                        .map(Product::sku)
                        .toList());
        assertThat(stub.seen("GET /api/recommendations").getFirst().query()).isEqualTo("visitorId=v%201");
        assertThat(shop.similar("A/B").skus()).hasSize(12);
    }

    @Test
    void doesWithoutRecommendationsAndAsksSeldomWhileThereAreNone() {
        stub.inTrouble(request -> request.path().startsWith("/api/recommendations") ? 404 : null);
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 20; i++) {
                assertThat(shop.recommended("v-1")).isEqualTo(Shown.NOTHING);
            }
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(stub.seen("GET /api/recommendations"))
                .as("at 0, 1, 3, 7, 15 and 31 s")
                .hasSize(6);
        assertThat(place("k-1")).as("nobody is kept from ordering").isPresent();
    }

    @Test
    void sendsAnOrderThatTheShopTakes() {
        Optional<String> id = place("k-1");
        assertThat(id).contains(String.valueOf(stub.orders().get("k-1")));
        StubShop.Seen order = stub.seen(ORDERS).getFirst();
        assertThat(order.token()).isEqualTo("shopper-" + buyer.customer() + "-g0");
        JsonNode json = order.json();
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder("lines", "shipTo", "contact", "paymentToken", "visitorId", "deviceId");
        assertThat(json.get("shipTo").propertyNames())
                .containsExactlyInAnyOrder("name", "street", "city", "postalCode", "country");
        assertThat(json.get("lines").get(0)).hasToString("{\"sku\":\"SKU-1\",\"quantity\":3}");
        assertThat(json.get("paymentToken").asString()).isEqualTo(buyer.card());
        assertThat(tally.of(Tally.Count.ORDERS)).isEqualTo(1);
    }

    @Test
    void sendsAnOrderAgainUnderItsKeyUntilItIsAnswered() {
        AtomicInteger troubles = new AtomicInteger(3);
        stub.inTrouble(request -> request.route().equals(ORDERS) && troubles.getAndDecrement() > 0 ? 503 : null);
        Optional<String> placed = withTimePassing(() -> place("k-1"));
        assertThat(placed).isPresent();
        assertThat(stub.seen(ORDERS)).hasSize(4).allSatisfy(order -> {
            assertThat(order.key()).isEqualTo("k-1");
            assertThat(order.body()).isEqualTo(stub.seen(ORDERS).getFirst().body());
        });
        assertThat(stub.orders()).hasSize(1);
    }

    @Test
    void givesAnOrderUpAfterAFewTries() {
        stub.inTrouble(request -> request.route().equals(ORDERS) ? 503 : null);
        assertThat(withTimePassing(() -> place("k-1"))).isEmpty();
        assertThat(stub.seen(ORDERS)).hasSizeBetween(2, 8);
        assertThat(tally.of(Tally.Count.GIVEN_UP)).isEqualTo(1);
    }

    @Test
    void doesNotSendAgainWhatIsRefused() {
        stub.inTrouble(request -> request.route().equals(ORDERS) ? 422 : null);
        assertThat(place("k-1")).isEmpty();
        assertThat(stub.seen(ORDERS)).hasSize(1);
        assertThat(tally.of(Tally.Count.REFUSED)).isEqualTo(1);
        assertThat(tally.of(Tally.Count.GIVEN_UP)).isZero();
    }

    @Test
    void sendsOneRequestAtATimeWhileTheShopIsAway() {
        stub.inTrouble(_ -> 503);
        List<Optional<Answer>> answers = IntStream.range(0, 500)
                .mapToObj(i -> shop.place("t", "k-" + i, "{}"))
                .toList();
        assertThat(answers.stream().filter(Optional::isPresent)).hasSize(1);
        assertThat(stub.seen(ORDERS)).hasSize(1);
    }

    @Test
    void closesTheGateWhenNobodyListens() {
        Shop nobody = new Shop(http, URI.create("http://127.0.0.1:1"), now::get);
        assertThat(nobody.place("t", "k", "{}")).isEmpty();
        assertThat(nobody.products()).isEmpty();
        assertThat(nobody.report(List.of())).isEmpty();
        assertThat(nobody.recommended("v")).isEqualTo(Shown.NOTHING);
    }

    @Test
    void asksForATokenOnceUntilItRunsOutOrIsRefused() {
        assertThat(tokens.ofShopper("c-1")).contains("shopper-c-1-g0");
        assertThat(tokens.ofShopper("c-1")).contains("shopper-c-1-g0");
        assertThat(stub.seen("POST /identity/oauth2/token")).hasSize(1);
        now.addAndGet(Duration.ofMinutes(49).toNanos());
        assertThat(tokens.ofShopper("c-1")).isPresent();
        assertThat(stub.seen("POST /identity/oauth2/token")).hasSize(2);
        stub.withdrawTokens();
        assertThat(place("k-0")).isPresent();
        tokens.forget("shopper-c-1-g0");
        assertThat(tokens.ofShopper("c-1")).contains("shopper-c-1-g1");
    }

    @Test
    void getsANewTokenWhenTheShopRefusesTheOld() {
        assertThat(place("k-1")).isPresent();
        stub.withdrawTokens();
        assertThat(place("k-2")).isPresent();
        assertThat(stub.seen(ORDERS)).extracting(StubShop.Seen::key).containsExactly("k-1", "k-2", "k-2");
    }

    @Test
    void placesNothingWithoutAToken() {
        checkout = new Checkout(shop, tokens("wrong"), pauses, tally, Duration.ofMillis(1));
        assertThat(place("k-1")).isEmpty();
        assertThat(stub.seen(ORDERS)).isEmpty();
        assertThat(tally.of(Tally.Count.GIVEN_UP)).isEqualTo(1);
    }

    @Test
    void countsAnOrderByWhatBecomesOfIt() {
        Purchase purchase = purchase();
        checkout.follow(purchase, checkout.place(purchase, "k-1").orElseThrow());
        assertThat(tally.statuses()).isEqualTo(Map.of("CONFIRMED", 1L));
        stub.inTrouble(request -> request.method().equals("GET") ? 500 : null);
        checkout.follow(purchase, "some-order");
        assertThat(tally.statuses()).containsEntry("PENDING", 1L);
    }

    @Test
    void restocksWhatRunsLowAsTheOperatorUnderTheSameIdWhenAskedAgain() {
        Restocker restocker = new Restocker(
                shop, tokens, pauses, () -> Products.CATALOGUE, tally, 12, Clock.fixed(AT, ZoneOffset.UTC));
        for (int i = 0; i < 20; i++) {
            restocker.restock("SKU-" + i);
        }
        assertThat(stub.seen(RECEIPTS)).as("there is plenty").isEmpty();
        stub.has("{\"sku\":\"X\",\"available\":2,\"locations\":[{\"location\":\"lyon\",\"available\":2}]}");
        for (int i = 0; i < 40; i++) {
            restocker.restock("SKU-" + i % 20);
        }
        List<StubShop.Seen> receipts = stub.seen(RECEIPTS);
        assertThat(receipts).hasSizeBetween(2, 38);
        assertThat(receipts).allSatisfy(receipt -> {
            assertThat(receipt.token()).startsWith("operator-");
            assertThat(receipt.json().propertyNames())
                    .containsExactlyInAnyOrder("receiptId", "sku", "location", "quantity");
            assertThat(receipt.json().get("location").asString()).isEqualTo("lyon");
        });
        List<String> bodies = receipts.stream().map(StubShop.Seen::body).toList();
        assertThat(bodies.subList(0, bodies.size() / 2)).isEqualTo(bodies.subList(bodies.size() / 2, bodies.size()));
        assertThat(bodies.stream().distinct()).hasSize(bodies.size() / 2);
    }

    private Optional<String> place(String key) {
        return checkout.place(purchase(), key);
    }

    private Purchase purchase() {
        return new Purchase(buyer, buyer.card(), List.of(new Line(Products.ALL.get(1), 3)));
    }

    /** Every look at the gate's clock finds it half a minute on: each try comes when the gate lets it. */
    private Optional<String> withTimePassing(Supplier<Optional<String>> action) {
        shop = new Shop(
                http, stub.url(), () -> now.addAndGet(Duration.ofSeconds(31).toNanos()));
        checkout = new Checkout(shop, tokens, pauses, tally, Duration.ofMillis(1));
        return action.get();
    }
}
