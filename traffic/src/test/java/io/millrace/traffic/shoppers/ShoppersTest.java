package io.millrace.traffic.shoppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole traffic against a shop on a real socket, at the highest rate and a hurried pace. */
class ShoppersTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ORDERS = "POST /api/orders";
    private static final String CLICKS = "POST /api/clickstream";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private StubShop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new StubShop();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void browsesFollowsRecommendationsAndOrders() {
        try (Shoppers _ = Shoppers.start(settings(0))) {
            await().atMost(SOON).until(() -> shop.orders().size() >= 30);
        }
        List<JsonNode> clicks = clicks();
        assertThat(clicks.stream().map(click -> click.get("type").asString()).distinct())
                .containsExactlyInAnyOrder("item-viewed", "item-added-to-cart", "recommendation-clicked");
        assertThat(clicks).extracting(click -> click.get("eventId").asString()).doesNotHaveDuplicates();
        assertThat(clicks).allSatisfy(click -> {
            Instant at = Instant.parse(click.get("occurredAt").asString());
            assertThat(at).isBetween(Instant.now().minusSeconds(60), Instant.now());
        });
        assertThat(shop.seen(CLICKS))
                .allSatisfy(
                        batch -> assertThat(batch.json().get("events").size()).isBetween(1, Reports.BATCH));
        assertThat(shop.seen(ORDERS)).extracting(StubShop.Seen::key).doesNotHaveDuplicates();
        assertThat(shop.seen(ORDERS))
                .extracting(StubShop.Seen::token)
                .allMatch(token -> token.startsWith("shopper-c-"));
        Set<String> clicking =
                clicks.stream().map(click -> click.get("visitorId").asString()).collect(Collectors.toSet());
        assertThat(shop.seen(ORDERS))
                .allSatisfy(order -> assertThat(clicking)
                        .contains(order.json().get("visitorId").asString()));
    }

    @Test
    void labelsTheOrdersOfFraudstersAndNoOthers() throws IOException {
        Path truth = folder.resolve("fraud.ndjson");
        try (Shoppers _ = Shoppers.start(settings(0.5))) {
            await().atMost(SOON)
                    .until(() -> kinds(truth).size() == 2 && shop.orders().size() > 60);
        }
        Set<String> orders = new HashSet<>(shop.orders().values());
        List<JsonNode> labels =
                Files.readAllLines(truth).stream().map(JSON::readTree).toList();
        assertThat(labels).extracting(label -> label.get("orderId").asString()).doesNotHaveDuplicates();
        assertThat(orders)
                .containsAll(labels.stream()
                        .map(label -> label.get("orderId").asString())
                        .toList());
        assertThat(labels).hasSizeLessThan(orders.size());
        assertThat(kinds(truth)).containsExactlyInAnyOrder("card-testing", "account-takeover");
    }

    @Test
    void testsManyCardsFromOneDevice() {
        try (Shoppers _ = Shoppers.start(settings(0.5))) {
            await().atMost(SOON).until(() -> ordersOfBusiestDevice() >= Arrivals.LEAST_TRIED_CARDS);
        }
        assertThat(shop.seen(ORDERS).stream()
                        .map(StubShop.Seen::json)
                        .collect(Collectors.groupingBy(
                                order -> order.get("deviceId").asString(),
                                Collectors.mapping(
                                        order -> order.get("paymentToken").asString(), Collectors.toSet())))
                        .values())
                .anyMatch(cards -> cards.size() >= Arrivals.LEAST_TRIED_CARDS);
    }

    @Test
    void ordersDearThingsByARegularCustomersAccountFromAbroad() {
        Population population = new Population(1_000);
        Map<String, Visitor> regulars = LongStream.range(0, population.regulars())
                .mapToObj(population::person)
                .collect(Collectors.toMap(person -> "shopper-" + person.customer() + "-g0", Function.identity()));
        try (Shoppers _ = Shoppers.start(settings(0.5))) {
            await().atMost(SOON).until(() -> !takeovers(regulars).isEmpty());
        }
        assertThat(takeovers(regulars)).allSatisfy(order -> {
            Visitor victim = Objects.requireNonNull(regulars.get(order.token()));
            JsonNode json = order.json();
            assertThat(json.get("shipTo").get("country").asString())
                    .isNotEqualTo(victim.address().country());
            assertThat(json.get("visitorId").asString()).isNotEqualTo(victim.id());
            assertThat(json.get("lines").get(0).get("sku").asString()).matches("SKU-[89]\\d");
        });
    }

    private List<StubShop.Seen> takeovers(Map<String, Visitor> regulars) {
        return shop.seen(ORDERS).stream()
                .filter(order -> {
                    Visitor account = regulars.get(order.token());
                    return account != null
                            && !order.json().get("deviceId").asString().equals(account.device());
                })
                .toList();
    }

    @Test
    void waitsUntilThereAreProducts() {
        shop.lists(List.of());
        try (Shoppers _ = Shoppers.start(settings(0))) {
            await().atMost(SOON).until(() -> !shop.seen("GET /api/products").isEmpty());
            assertThat(shop.seen(CLICKS)).isEmpty();
            shop.lists(Products.ALL);
            await().atMost(SOON).until(() -> !shop.seen(CLICKS).isEmpty());
        }
    }

    @Test
    void sendsHardlyAnythingWhileTheShopIsAwayAndComesBackWithIt() {
        try (Shoppers _ = Shoppers.start(settings(0.1))) {
            await().atMost(SOON).until(() -> !shop.orders().isEmpty());
            shop.inTrouble(_ -> 503);
            int before = shop.seen().size();
            Instant until = Instant.now().plusSeconds(3);
            await().atMost(SOON).until(() -> Instant.now().isAfter(until));
            // Of five parts, each tried at 0, 1 and 3 s, and what was under way: hundreds of requests otherwise.
            assertThat(shop.seen().size() - before).isLessThan(60);
            shop.inTrouble(_ -> null);
            int orders = shop.orders().size();
            await().atMost(SOON).until(() -> shop.orders().size() > orders + 5);
        }
    }

    @Test
    void ordersFromAShopWithoutClickstreamAndRecommendations() {
        shop.inTrouble(request -> request.path().matches("/api/(clickstream|recommendations).*") ? 404 : null);
        try (Shoppers _ = Shoppers.start(settings(0))) {
            await().atMost(SOON).until(() -> shop.orders().size() >= 10);
        }
        assertThat(shop.seen(CLICKS)).as("tried now and then").hasSizeBetween(1, 20);
    }

    @Test
    void keepsWithinTheSessionsItMayHave() {
        ShopperSettings usual = settings(0);
        ShopperSettings few = new ShopperSettings(
                usual.url(),
                usual.tokenUrl(),
                usual.secret(),
                usual.ordersPerMinute(),
                0,
                usual.seed(),
                usual.truth(),
                3,
                Duration.ofMinutes(10),
                false);
        try (Shoppers _ = Shoppers.start(few)) {
            await().atMost(SOON).until(() -> visitorsWelcomed() == 3);
            Instant until = Instant.now().plusSeconds(1);
            await().atMost(SOON).until(() -> Instant.now().isAfter(until));
            assertThat(visitorsWelcomed()).as("at 60 arrivals a second").isEqualTo(3);
        }
    }

    @Test
    void stopsSoonAndSendsNothingAfterwards() {
        Shoppers shoppers = Shoppers.start(settings(0.2));
        await().atMost(SOON).until(() -> !shop.orders().isEmpty());
        Instant asked = Instant.now();
        shoppers.close();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
        int sent = shop.seen().size();
        Instant until = Instant.now().plusMillis(500);
        await().atMost(SOON).until(() -> Instant.now().isAfter(until));
        assertThat(shop.seen()).hasSize(sent);
    }

    @Test
    void doesNothingAtRateZero() {
        ShopperSettings off = ShopperSettings.fromEnvironment(Map.of(), 1);
        Shoppers.start(off).close();
        assertThat(shop.seen()).isEmpty();
    }

    private ShopperSettings settings(double fraudShare) {
        return new ShopperSettings(
                shop.url(),
                shop.tokenUrl(),
                "s3cret",
                1_000,
                fraudShare,
                7,
                folder.resolve("fraud.ndjson"),
                1_000,
                Duration.ofMillis(5),
                true);
    }

    private long visitorsWelcomed() {
        return shop.seen("GET /api/recommendations").size();
    }

    private long ordersOfBusiestDevice() {
        return shop.seen(ORDERS).stream()
                .collect(Collectors.groupingBy(
                        order -> order.json().get("deviceId").asString(), Collectors.counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private List<JsonNode> clicks() {
        return shop.seen(CLICKS).stream()
                .flatMap(batch -> batch.json().get("events").valueStream())
                .toList();
    }

    private static Set<String> kinds(Path truth) throws IOException {
        if (!Files.exists(truth)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(truth)) {
            return lines.map(line -> JSON.readTree(line).get("kind").asString()).collect(Collectors.toSet());
        }
    }
}
