package io.millrace.inventory.reservation;

import static io.millrace.inventory.InventoryFixtures.Shop.line;
import static io.millrace.inventory.InventoryFixtures.Shop.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.inventory.InventoryApplication;
import io.millrace.inventory.InventoryFixtures;
import io.millrace.inventory.InventoryFixtures.Shop;
import io.millrace.inventory.InventoryIT;
import io.millrace.inventory.stock.Level;
import io.millrace.messaging.EventIds;
import io.millrace.testing.infra.TestKafka;
import io.millrace.web.testing.TestIssuer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;

/** What must never happen to stock, with two instances of the service at work on one database. */
@InventoryIT
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OversellIT {

    private static final int BUYERS = 500;

    @Autowired
    private Shop shop;

    private ConfigurableApplicationContext other;

    @BeforeAll
    void startAnotherInstance(@Autowired JdbcConnectionDetails database, @Autowired TestIssuer issuer) {
        other = new SpringApplicationBuilder(InventoryApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.datasource.url=" + database.getJdbcUrl(),
                        "--spring.datasource.username=" + database.getUsername(),
                        "--spring.datasource.password=" + database.getPassword(),
                        "--spring.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                        "--millrace.security.issuer=" + TestIssuer.ISSUER,
                        "--millrace.security.jwks-uri=" + issuer.jwksUri());
    }

    @AfterAll
    void stopTheOtherInstance() {
        other.close();
    }

    @AfterEach
    void everythingIsConserved() {
        shop.assertConserved();
    }

    @Test
    void sellsOneUnitToExactlyOneOfFiveHundredBuyers() {
        for (int round = 0; round < 3; round++) {
            String sku = shop.product(1);
            List<UUID> orders = new ArrayList<>();
            for (int buyer = 0; buyer < BUYERS; buyer++) {
                orders.add(shop.place(line(sku, 1)));
            }
            shop.awaitAnswers(orders);

            assertThat(shop.count(orders, "HELD")).isEqualTo(1);
            assertThat(shop.count(orders, "REJECTED")).isEqualTo(BUYERS - 1);
            assertThat(shop.level(sku)).returns(1L, Level::held).returns(0L, Level::available);
        }
    }

    @Test
    void survivesOrdersThatWantTheSameProductsInOppositeOrder() {
        String a = shop.product(400);
        String b = shop.product(400);
        List<UUID> orders = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            orders.add(shop.place(line(a, 1), line(b, 1)));
            orders.add(shop.place(line(b, 1), line(a, 1)));
        }
        shop.awaitAnswers(orders);

        assertThat(shop.count(orders, "HELD")).isEqualTo(400);
        assertThat(shop.level(a).available()).isZero();
        assertThat(shop.level(b).available()).isZero();
    }

    @Test
    void sellsEveryUnitOnceThoughEveryRecordIsDeliveredTwice() {
        String sku = shop.product(100);
        List<UUID> orders = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            UUID orderId = EventIds.next();
            orders.add(orderId);
            shop.send(1, placed(orderId, line(sku, 1)));
            shop.send(1, placed(orderId, line(sku, 1)));
        }
        shop.awaitAnswers(orders);

        assertThat(shop.count(orders, "HELD")).isEqualTo(100);
        assertThat(shop.level(sku)).returns(100L, Level::held);
    }

    @Test
    void booksReceiptsWhileOrdersTakeAndGiveBackTheSameProducts() throws Exception {
        List<String> skus = List.of(shop.product(50), shop.product(50), shop.product(50));
        List<UUID> orders = new ArrayList<>();
        try (ExecutorService warehouses = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int warehouse = 0; warehouse < 4; warehouse++) {
                String location = "WH-" + warehouse;
                var _ = warehouses.submit(() -> {
                    for (int i = 0; i < 40; i++) {
                        shop.receive(skus.get(i % skus.size()), location, 2);
                    }
                });
            }
            Random random = new Random(7);
            for (int i = 0; i < 600; i++) {
                UUID orderId = shop.place(
                        line(skus.get(random.nextInt(3)), 1 + random.nextInt(3)),
                        line(skus.get(random.nextInt(3)), 1 + random.nextInt(3)));
                orders.add(orderId);
                if (i % 2 == 0) {
                    shop.expire(orderId, 2);
                }
            }
        }
        shop.awaitAnswers(orders);
        await().atMost(InventoryFixtures.PATIENCE)
                .until(() -> shop.count(orders, "RELEASED") + shop.count(orders, "REJECTED") >= 300);

        long onHand = skus.stream()
                .flatMap(sku -> shop.levels(sku).stream())
                .mapToLong(Level::onHand)
                .sum();
        assertThat(onHand).isEqualTo(3 * 50 + 4 * 40 * 2);
    }
}
