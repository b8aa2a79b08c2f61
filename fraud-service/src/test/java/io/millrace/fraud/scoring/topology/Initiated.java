package io.millrace.fraud.scoring.topology;

import io.millrace.events.Envelope;
import io.millrace.events.Event;
import io.millrace.events.Money;
import io.millrace.events.Topic;
import io.millrace.events.order.TransactionInitiated;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Transactions as order-service publishes them. */
final class Initiated {

    static final EventCodec CODEC = new EventCodec();

    private Initiated() {}

    static TransactionInitiated by(String customer, long minorUnits, Instant at) {
        return new TransactionInitiated(
                UUID.randomUUID(),
                customer,
                new Money(minorUnits, "GBP"),
                1,
                2,
                "GB",
                "0123456789abcdef0123456789abcdef",
                "1123456789abcdef0123456789abcdef",
                "2123456789abcdef0123456789abcdef",
                null,
                null,
                at);
    }

    static Envelope envelope(TransactionInitiated event) {
        return envelope(event, event.orderId(), event.initiatedAt());
    }

    static Envelope envelope(Event event, UUID orderId, Instant at) {
        return new Envelope(
                UUID.randomUUID(),
                Topic.typeOf(event.getClass()),
                "order-service",
                at,
                orderId.toString(),
                1,
                orderId.toString(),
                null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    /** Published when it happened. */
    static TestRecord<byte[], byte[]> record(TransactionInitiated event) {
        return record(event, envelope(event));
    }

    static TestRecord<byte[], byte[]> record(TransactionInitiated event, Envelope envelope) {
        return record(event.customerId(), CODEC.encode(event), envelope, event.initiatedAt());
    }

    static TestRecord<byte[], byte[]> record(
            @Nullable String key, byte @Nullable [] value, Envelope envelope, Instant published) {
        return new TestRecord<>(bytes(key), value, EventHeaders.of(envelope), published);
    }

    static ProducerRecord<byte[], byte[]> to(String topic, TransactionInitiated event, Envelope envelope) {
        return new ProducerRecord<>(
                topic, null, bytes(event.customerId()), CODEC.encode(event), EventHeaders.of(envelope));
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
