package io.millrace.order;

import io.millrace.events.Envelope;
import io.millrace.events.Event;
import io.millrace.events.Money;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.events.fraud.ReviewDecided;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.events.inventory.ItemListed;
import io.millrace.events.inventory.StockRejected;
import io.millrace.events.inventory.StockReserved;
import io.millrace.events.order.OrderExpired;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.EventIds;
import io.millrace.testing.kafka.RawProducer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;

/** What inventory-service and fraud-service would publish, and once more what this service has. */
final class Others implements AutoCloseable {

    private final RawProducer producer;
    private final EventCodec codec = new EventCodec();

    Others(RawProducer producer) {
        this.producer = producer;
    }

    void list(String sku, long version, Money price) {
        publish(
                Topics.CATALOGUE_ITEMS,
                sku,
                version,
                new ItemListed(sku, version, "A thing called " + sku, price, null));
    }

    void reserve(String orderId) {
        publish(
                Topics.RESERVATIONS,
                orderId,
                1,
                new StockReserved(UUID.fromString(orderId), List.of(new StockReserved.Hold("any", "main", 1))));
    }

    void refuseStock(String orderId) {
        publish(
                Topics.RESERVATIONS,
                orderId,
                1,
                new StockRejected(UUID.fromString(orderId), List.of(new StockRejected.Shortage("any", 2, 1))));
    }

    void score(String orderId, FraudOutcome outcome) {
        publish(
                Topics.FRAUD_DECISIONS,
                orderId,
                1,
                new TransactionScored(
                        UUID.fromString(orderId),
                        "somebody",
                        new Money(1, "GBP"),
                        outcome,
                        0.5,
                        List.of(),
                        "1",
                        Instant.now()));
    }

    void review(String orderId, boolean approved) {
        publish(Topics.FRAUD_DECISIONS, orderId, 2, new ReviewDecided(UUID.fromString(orderId), approved, "analyst"));
    }

    /** An order's end, as this service itself would publish it. */
    void expire(String orderId) {
        publish(Topics.ORDER_EVENTS, orderId, 9, new OrderExpired(UUID.fromString(orderId), List.of()));
    }

    /** A record nobody can read, whatever its headers say. */
    void poison(Topic<?> topic, String key, String type, String payload) {
        send(topic, key, type, 1, payload);
    }

    private <E extends Event> void publish(Topic<E> topic, String key, long sequence, E event) {
        String payload = new String(codec.encode(event), StandardCharsets.UTF_8);
        send(topic, key, Topic.typeOf(event.getClass()), sequence, payload);
    }

    private void send(Topic<?> topic, String key, String type, long sequence, String payload) {
        Envelope envelope =
                new Envelope(EventIds.next(), type, topic.owner(), Instant.now(), key, sequence, key, null, null);
        Map<String, String> headers = new HashMap<>();
        for (Header header : EventHeaders.of(envelope)) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        producer.send(topic.name(), key, payload, headers);
    }

    @Override
    public void close() {
        producer.close();
    }
}
