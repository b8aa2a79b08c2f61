package io.millrace.recommendation.sessions.topology;

import io.millrace.events.Envelope;
import io.millrace.events.Topic;
import io.millrace.events.recommendation.ClickstreamEvent;
import io.millrace.events.recommendation.ItemViewed;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Clicks as the service publishes them. */
final class Clicked {

    static final EventCodec CODEC = new EventCodec();
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Clicked() {}

    static TestRecord<byte[], byte[]> viewed(String visitor, String sku, Instant at) {
        return record(new ItemViewed(visitor, sku, at));
    }

    /** Published when it happened. */
    static TestRecord<byte[], byte[]> record(ClickstreamEvent event) {
        return record(event.visitorId(), CODEC.encode(event), envelope(event), event.occurredAt());
    }

    static TestRecord<byte[], byte[]> record(
            @Nullable String key, byte @Nullable [] value, Envelope envelope, Instant published) {
        return new TestRecord<>(bytes(key), value, EventHeaders.of(envelope), published);
    }

    static Envelope envelope(ClickstreamEvent event) {
        return new Envelope(
                UUID.randomUUID(),
                Topic.typeOf(event.getClass()),
                "recommendation-service",
                event.occurredAt(),
                UUID.randomUUID().toString(),
                1,
                event.visitorId(),
                null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
