package io.millrace.fraud;

import io.millrace.events.Envelope;
import io.millrace.events.Event;
import io.millrace.events.Money;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.order.OrderEvent;
import io.millrace.events.order.TransactionInitiated;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.testing.kafka.RawProducer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;

/** Speaks for order-service. */
final class OrderPeer implements AutoCloseable {

    private final EventCodec codec = new EventCodec();
    private final RawProducer producer = RawProducer.shared();

    /** A customer wants to pay so much, in pounds' minor units. */
    UUID initiate(String customer, long minorUnits) {
        TransactionInitiated event = new TransactionInitiated(
                UUID.randomUUID(),
                customer,
                new Money(minorUnits, "GBP"),
                1,
                1,
                "GB",
                "0123456789abcdef0123456789abcdef",
                "1123456789abcdef0123456789abcdef",
                "2123456789abcdef0123456789abcdef",
                null,
                null,
                Instant.now());
        publish(Topics.TRANSACTION_EVENTS, customer, event, event.orderId());
        return event.orderId();
    }

    void tell(OrderEvent event) {
        publish(Topics.ORDER_EVENTS, event.orderId().toString(), event, event.orderId());
    }

    private void publish(Topic<?> topic, String key, Event event, UUID orderId) {
        Envelope envelope = new Envelope(
                UUID.randomUUID(),
                Topic.typeOf(event.getClass()),
                "order-service",
                Instant.now(),
                orderId.toString(),
                1,
                orderId.toString(),
                null,
                null);
        Map<String, String> headers = new HashMap<>();
        for (Header header : EventHeaders.of(envelope)) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        producer.send(topic.name(), null, key.getBytes(StandardCharsets.UTF_8), codec.encode(event), headers);
    }

    @Override
    public void close() {
        producer.close();
    }
}
