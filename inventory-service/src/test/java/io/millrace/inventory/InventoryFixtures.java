package io.millrace.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.events.Envelope;
import io.millrace.events.Money;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.order.OrderConfirmed;
import io.millrace.events.order.OrderEvent;
import io.millrace.events.order.OrderExpired;
import io.millrace.events.order.OrderHeld;
import io.millrace.events.order.OrderLine;
import io.millrace.events.order.OrderPlaced;
import io.millrace.events.order.OrderRejected;
import io.millrace.events.order.RejectionReason;
import io.millrace.inventory.catalogue.Catalogue;
import io.millrace.inventory.catalogue.Listing;
import io.millrace.inventory.stock.Level;
import io.millrace.inventory.stock.Receipt;
import io.millrace.inventory.stock.Receipts;
import io.millrace.inventory.stock.ReceiptsOutcome;
import io.millrace.inventory.stock.Stock;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.EventIds;
import io.millrace.web.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** Brings stock and reservations into a state by what really brings them there: listings, receipts, and orders' events. */
@TestConfiguration(proxyBeanMethods = false)
public class InventoryFixtures {

    /** How long anything may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Money PRICE = new Money(450, "GBP");

    /** For Spring. */
    public InventoryFixtures() {}

    @Bean(destroyMethod = "close")
    TestIssuer testIssuer() {
        return TestIssuer.start();
    }

    @Bean
    DynamicPropertyRegistrar issuerProperties(TestIssuer issuer) {
        return registry -> {
            registry.add("millrace.security.issuer", () -> TestIssuer.ISSUER);
            registry.add("millrace.security.jwks-uri", issuer::jwksUri);
        };
    }

    @Bean
    Shop shop(
            Catalogue catalogue,
            Receipts receipts,
            Stock stock,
            EventCodec codec,
            Producer<byte[], byte[]> eventProducer,
            JdbcTemplate jdbc) {
        return new Shop(catalogue, receipts, stock, codec, eventProducer, jdbc);
    }

    /** The shop around the service, in short words. */
    public static final class Shop {

        private final Catalogue catalogue;
        private final Receipts receipts;
        private final Stock stock;
        private final EventCodec codec;
        private final Producer<byte[], byte[]> producer;
        private final JdbcTemplate jdbc;
        private final AtomicLong numbers = new AtomicLong();

        Shop(
                Catalogue catalogue,
                Receipts receipts,
                Stock stock,
                EventCodec codec,
                Producer<byte[], byte[]> producer,
                JdbcTemplate jdbc) {
            this.catalogue = catalogue;
            this.receipts = receipts;
            this.stock = stock;
            this.codec = codec;
            this.producer = producer;
            this.jdbc = jdbc;
        }

        /** A listed product nobody else knows. */
        public String product() {
            String sku = "SKU-" + UUID.randomUUID().toString().substring(0, 13);
            catalogue.list(sku, new Listing("A product", PRICE, null), _ -> {});
            return sku;
        }

        /** A listed product of which there is so much at one location. */
        public String product(int quantity) {
            String sku = product();
            receive(sku, "LON-1", quantity);
            return sku;
        }

        /** Goods come in. */
        public void receive(String sku, String location, int quantity) {
            ReceiptsOutcome outcome = receipts.book(
                    "fixture", List.of(new Receipt("R" + numbers.incrementAndGet(), sku, location, quantity)));
            assertThat(outcome).isInstanceOf(ReceiptsOutcome.Booked.class);
        }

        /** An order's first event, not sent yet. */
        public static OrderPlaced placed(UUID orderId, OrderLine... lines) {
            return new OrderPlaced(orderId, "customer", Arrays.asList(lines), PRICE, "GB", Instant.now());
        }

        /** A line of an order. */
        public static OrderLine line(String sku, int quantity) {
            return new OrderLine(sku, quantity, PRICE);
        }

        /** Places an order. */
        public UUID place(OrderLine... lines) {
            UUID orderId = EventIds.next();
            send(1, placed(orderId, lines));
            return orderId;
        }

        /** The order is confirmed. */
        public void confirm(UUID orderId, long sequence) {
            send(sequence, new OrderConfirmed(orderId, EventIds.next(), PRICE));
        }

        /** The order is rejected. */
        public void reject(UUID orderId, long sequence) {
            send(sequence, new OrderRejected(orderId, RejectionReason.OUT_OF_STOCK));
        }

        /** The order expires. */
        public void expire(UUID orderId, long sequence) {
            send(sequence, new OrderExpired(orderId, List.of("fraud")));
        }

        /** The order waits for a person. */
        public void hold(UUID orderId, long sequence) {
            send(sequence, new OrderHeld(orderId, Instant.now()));
        }

        /** Writes an order's event to its topic; the event's id. */
        public UUID send(long sequence, OrderEvent event) {
            return send(sequence, event, Instant.now());
        }

        /** The same at another time. */
        public UUID send(long sequence, OrderEvent event, Instant time) {
            Envelope envelope = envelope(sequence, event, time);
            var _ = producer.send(new ProducerRecord<>(
                    Topics.ORDER_EVENTS.name(),
                    null,
                    envelope.subject().getBytes(StandardCharsets.UTF_8),
                    codec.encode(event),
                    EventHeaders.of(envelope)));
            return envelope.id();
        }

        private static Envelope envelope(long sequence, OrderEvent event, Instant time) {
            String orderId = event.orderId().toString();
            return new Envelope(
                    EventIds.next(),
                    Topic.typeOf(event.getClass()),
                    "order-service",
                    time,
                    orderId,
                    sequence,
                    orderId,
                    null,
                    null);
        }

        /** Where an order's reservation stands; empty when there is none. */
        public String status(UUID orderId) {
            return jdbc
                    .query(
                            "select status from reservations where order_id = ?",
                            (rows, _) -> rows.getString(1),
                            orderId)
                    .stream()
                    .findFirst()
                    .orElse("");
        }

        /** Waits until an order's reservation stands there. */
        public void awaitStatus(UUID orderId, String status) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> status(orderId).equals(status));
        }

        /** How many of the orders stand there. */
        public long count(List<UUID> orderIds, String status) {
            Long count = jdbc.queryForObject(
                    "select count(*) from reservations where order_id = any (?::uuid[]) and status = ?",
                    Long.class,
                    orderIds.toArray(UUID[]::new),
                    status);
            return count == null ? 0 : count;
        }

        /** Waits until every one of the orders has a reservation. */
        public void awaitAnswers(List<UUID> orderIds) {
            await().atMost(PATIENCE.multipliedBy(4))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        Long count = jdbc.queryForObject(
                                "select count(*) from reservations where order_id = any (?::uuid[])",
                                Long.class,
                                (Object) orderIds.toArray(UUID[]::new));
                        return count != null && count == orderIds.size();
                    });
        }

        /** The product's levels, in the order of their locations. */
        public List<Level> levels(String sku) {
            return stock.known(sku).orElseThrow();
        }

        /** The product's only level. */
        public Level level(String sku) {
            List<Level> levels = levels(sku);
            assertThat(levels).hasSize(1);
            return levels.getFirst();
        }

        /** Fails unless movements, reservations and levels tell the same of everything there is. */
        public void assertConserved() {
            assertThat(jdbc.queryForList("select * from stock_conservation where not conserved"))
                    .isEmpty();
        }
    }
}
