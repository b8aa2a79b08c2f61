package io.millrace.recommendation.serving.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.Envelope;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.AvailabilityChanged;
import io.millrace.events.inventory.CatalogueEvent;
import io.millrace.events.inventory.ItemDelisted;
import io.millrace.events.inventory.ItemListed;
import io.millrace.events.recommendation.SessionItemVisited;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.UndecodableException;
import io.millrace.recommendation.serving.Product;
import io.millrace.recommendation.serving.RecommendationIndex;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns records into what the index is told. One that can't be read is counted and logged where it stands, and not set aside:
 * the topic's own consumers set it aside, and here every instance would do so again at every start.
 */
final class IndexRecords {

    static final String SESSIONS = Topics.RECOMMENDATION_SESSIONS.name();
    static final List<String> PRODUCT_TOPICS = List.of(Topics.CATALOGUE_ITEMS.name(), Topics.AVAILABILITY.name());

    private static final Logger log = LoggerFactory.getLogger(IndexRecords.class);

    private final RecommendationIndex index;
    private final EventCodec codec;
    private final Counter unreadable;

    IndexRecords(RecommendationIndex index, EventCodec codec, MeterRegistry meters) {
        this.index = index;
        this.codec = codec;
        this.unreadable = Counter.builder("millrace.recommendation.records.unreadable")
                .description("records the index could not be told")
                .register(meters);
    }

    void apply(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return; // compaction's word for nothing; products are delisted by an event
        }
        try {
            apply(record.topic(), EventHeaders.read(record.headers()), value);
        } catch (UndecodableException e) {
            unreadable.increment();
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("a record can't be read and is passed over: {}", e.getMessage());
        }
    }

    private void apply(String topic, Envelope envelope, byte[] value) {
        if (topic.equals(Topics.CATALOGUE_ITEMS.name())) {
            apply(codec.decode(Topics.CATALOGUE_ITEMS, envelope.type(), value), envelope);
        } else if (topic.equals(Topics.AVAILABILITY.name())) {
            switch (codec.decode(Topics.AVAILABILITY, envelope.type(), value)) {
                case AvailabilityChanged changed -> index.stock(changed.sku(), changed.version(), changed.available());
            }
        } else {
            switch (codec.decode(Topics.RECOMMENDATION_SESSIONS, envelope.type(), value)) {
                case SessionItemVisited visited ->
                    index.arrived(visited.sessionId(), visited.sku(), visited.earlierSkus(), visited.visitedAt());
            }
        }
    }

    private void apply(CatalogueEvent event, Envelope envelope) {
        switch (event) {
            case ItemListed listed ->
                index.list(new Product(
                        listed.sku(),
                        listed.version(),
                        listed.name(),
                        listed.price(),
                        listed.category(),
                        envelope.time()));
            case ItemDelisted delisted -> index.delist(delisted.sku(), delisted.version());
        }
    }
}
