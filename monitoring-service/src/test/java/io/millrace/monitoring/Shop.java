package io.millrace.monitoring;

import com.google.protobuf.MessageLite;
import io.millrace.events.Envelope;
import io.millrace.events.Event;
import io.millrace.events.Money;
import io.millrace.events.OpaqueTopic;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.StockReserved;
import io.millrace.events.order.OrderConfirmed;
import io.millrace.events.order.OrderPlaced;
import io.millrace.events.recommendation.ItemViewed;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.testing.kafka.RawProducer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Speaks for all the other services. */
final class Shop implements AutoCloseable {

    private final EventCodec codec = new EventCodec();
    private final RawProducer producer;

    Shop(RawProducer producer) {
        this.producer = producer;
    }

    UUID place(UUID order, Instant at) {
        return tell(
                Topics.ORDER_EVENTS,
                order,
                new OrderPlaced(order, "c-1", List.of(), new Money(100, "GBP"), "GB", at.plusSeconds(300)),
                "order-service",
                at,
                1,
                null);
    }

    UUID reserve(UUID order, Instant at, UUID cause) {
        return tell(Topics.RESERVATIONS, order, new StockReserved(order, List.of()), "inventory-service", at, 1, cause);
    }

    UUID confirm(UUID order, Instant at, UUID cause) {
        return tell(
                Topics.ORDER_EVENTS,
                order,
                new OrderConfirmed(order, UUID.randomUUID(), new Money(100, "GBP")),
                "order-service",
                at,
                2,
                cause);
    }

    /** A visitor looks at something. */
    UUID view(UUID visitor, Instant at) {
        return tell(
                Topics.CLICKSTREAM_EVENTS,
                visitor,
                new ItemViewed(visitor.toString(), "SKU-1", at),
                "recommendation-service",
                at,
                1,
                null);
    }

    /** An event of a type that nobody declared. */
    UUID tellOfSomethingNew(UUID order, Instant at, UUID cause) {
        UUID id = UUID.randomUUID();
        Envelope envelope = new Envelope(
                id, "order.gift-wrapped", "gift-service", at, order.toString(), 3, order.toString(), cause, null);
        send(
                Topics.ORDER_EVENTS,
                order.toString(),
                envelope,
                "{\"paper\":{\"colour\":\"red\"}}".getBytes(StandardCharsets.UTF_8));
        return id;
    }

    void sendBroken(Topic<?> topic, String value) {
        producer.send(topic.name(), "key", value, Map.of("ce_type", "x"));
    }

    void send(OpaqueTopic topic, MessageLite request) {
        send(topic, request.toByteArray());
    }

    void send(OpaqueTopic topic, byte[] value) {
        producer.send(topic.name(), null, null, value, Map.of());
    }

    private UUID tell(
            Topic<?> topic, UUID order, Event event, String source, Instant at, long sequence, @Nullable UUID cause) {
        UUID id = UUID.randomUUID();
        send(
                topic,
                order.toString(),
                new Envelope(
                        id,
                        Topic.typeOf(event.getClass()),
                        source,
                        at,
                        order.toString(),
                        sequence,
                        order.toString(),
                        cause,
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                codec.encode(event));
        return id;
    }

    private void send(Topic<?> topic, String key, Envelope envelope, byte[] data) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : EventHeaders.of(envelope)) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        producer.send(topic.name(), null, key.getBytes(StandardCharsets.UTF_8), data, headers);
    }

    @Override
    public void close() {
        producer.close();
    }
}
