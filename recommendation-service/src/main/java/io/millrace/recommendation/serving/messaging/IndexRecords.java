package io.millrace.recommendation.serving.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.Envelope;
import io.millrace.events.Event;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.AvailabilityChanged;
import io.millrace.events.inventory.CatalogueEvent;
import io.millrace.events.inventory.ItemDelisted;
import io.millrace.events.inventory.ItemListed;
import io.millrace.events.recommendation.SessionItemVisited;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.consumer.RefusedException;
import io.millrace.recommendation.serving.Product;
import io.millrace.recommendation.serving.RecommendationIndex;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns records into what the index is told. One that can't be read, or says what can't be, is counted, logged, set aside and
 * passed over.
 */
final class IndexRecords {

    static final String SESSIONS = Topics.RECOMMENDATION_SESSIONS.name();
    static final List<String> PRODUCT_TOPICS = List.of(Topics.CATALOGUE_ITEMS.name(), Topics.AVAILABILITY.name());

    /** Everything the index is fed from. */
    static final List<Topic<? extends Event>> TOPICS =
            List.of(Topics.CATALOGUE_ITEMS, Topics.AVAILABILITY, Topics.RECOMMENDATION_SESSIONS);

    /** How far a visit may lie ahead: as weights double with time, one of a far year would outweigh all others for good. */
    static final Duration MOST_AHEAD = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(IndexRecords.class);

    private final RecommendationIndex index;
    private final EventCodec codec;
    private final IndexDeadLetters deadLetters;
    private final Clock clock;
    private final Counter unreadable;

    IndexRecords(
            RecommendationIndex index,
            EventCodec codec,
            IndexDeadLetters deadLetters,
            Clock clock,
            MeterRegistry meters) {
        this.index = index;
        this.codec = codec;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.unreadable = Counter.builder("millrace.recommendation.records.unreadable")
                .description("records the index could not be told")
                .register(meters);
    }

    void apply(ConsumerRecord<byte[], byte[]> record) {
        if (deadLetters.isOne(record)) {
            deadLetters.remember(record);
            return;
        }
        byte @Nullable [] value = record.value();
        if (value == null) {
            return; // compaction's word for nothing; products are delisted by an event
        }
        try {
            apply(record.topic(), EventHeaders.read(record.headers()), value);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            // Nothing but the record and memory takes part: whatever it throws, it would throw again at every start.
            unreadable.increment();
            deadLetters.add(record, e);
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("a record can't be read and is passed over: {}", e.toString());
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
                case SessionItemVisited visited -> apply(visited);
            }
        }
    }

    private void apply(SessionItemVisited visited) {
        Instant at = visited.visitedAt();
        if (at.isBefore(Instant.EPOCH) || at.isAfter(clock.instant().plus(MOST_AHEAD))) {
            throw new RefusedException("the visit lies before 1970 or more than " + MOST_AHEAD + " ahead");
        }
        index.arrived(visited.sessionId(), visited.sku(), visited.earlierSkus(), at);
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
