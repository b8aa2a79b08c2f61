package io.millrace.recommendation;

import io.millrace.events.Envelope;
import io.millrace.events.Event;
import io.millrace.events.Money;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.AvailabilityChanged;
import io.millrace.events.inventory.ItemDelisted;
import io.millrace.events.inventory.ItemListed;
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

/** Speaks for inventory-service, and for others who write what they should not. */
final class InventoryPeer implements AutoCloseable {

    private final EventCodec codec = new EventCodec();
    private final RawProducer producer;

    /** On the shared broker. */
    InventoryPeer() {
        this(RawProducer.shared());
    }

    InventoryPeer(RawProducer producer) {
        this.producer = producer;
    }

    /** A product is listed, with so many units in stock. */
    void sell(String sku, String category, long available) {
        publish(
                Topics.CATALOGUE_ITEMS,
                sku,
                new ItemListed(sku, 1, "The " + sku, new Money(1_250, "GBP"), category),
                1);
        stock(sku, 1, available);
    }

    void stock(String sku, long version, long available) {
        publish(Topics.AVAILABILITY, sku, new AvailabilityChanged(sku, version, available, List.of()), version);
    }

    void delist(String sku, long version) {
        publish(Topics.CATALOGUE_ITEMS, sku, new ItemDelisted(sku, version), version);
    }

    private void publish(Topic<?> topic, String sku, Event event, long sequence) {
        publish(topic, sku, Topic.typeOf(event.getClass()), codec.encode(event), sequence);
    }

    /** Whatever anybody may say. */
    void publish(Topic<?> topic, String key, String type, byte[] value, long sequence) {
        Envelope envelope = new Envelope(
                UUID.randomUUID(), type, "inventory-service", Instant.now(), key, sequence, key, null, null);
        Map<String, String> headers = new HashMap<>();
        for (Header header : EventHeaders.of(envelope)) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        producer.send(topic.name(), null, key.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    @Override
    public void close() {
        producer.close();
    }
}
