package io.millrace.recommendation.serving.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.Event;
import io.millrace.events.Topic;
import io.millrace.messaging.DeadLetterHeaders;
import io.millrace.messaging.DeadLetterHeaders.Place;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets records aside that the index could not be told. Every instance reads every record, at every start: so they read these
 * letters too, before anything else, and what one has set aside no other does again. (Two that meet the same record at the
 * same time both do.)
 *
 * <p>Nobody waits for the brokers to take a letter: one that is lost is written at the next start, as the record stays in its
 * topic. At most {@value #MOST} are written and remembered; beyond, records are only counted and logged. Used by the thread
 * that reads.
 */
final class IndexDeadLetters {

    /** In whose name they are set aside: the reader is in no consumer group. */
    static final String GROUP = "recommendation-service.index";

    static final int MOST = 10_000;

    private static final Logger log = LoggerFactory.getLogger(IndexDeadLetters.class);

    /** By the topic the letter is written to, and by that it is of. */
    private final Map<String, String> topics;

    private final Set<Place> known = new HashSet<>();
    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final Counter deadLettered;

    IndexDeadLetters(Producer<byte[], byte[]> producer, Clock clock, MeterRegistry meters) {
        this.topics = IndexRecords.TOPICS.stream().collect(Collectors.toMap(Topic::name, IndexDeadLetters::topic));
        this.producer = producer;
        this.clock = clock;
        this.deadLettered = Counter.builder("millrace.recommendation.records.dead-lettered")
                .description("records the index could not be told that this instance set aside")
                .register(meters);
    }

    /** Where those of a topic are. */
    static String topic(Topic<? extends Event> topic) {
        return topic.deadLetters(GROUP);
    }

    /** Whether a record is one of them. */
    boolean isOne(ConsumerRecord<byte[], byte[]> record) {
        return topics.containsValue(record.topic());
    }

    /** Remembers a letter that was read. */
    void remember(ConsumerRecord<byte[], byte[]> letter) {
        if (known.size() < MOST) {
            DeadLetterHeaders.place(letter.headers()).ifPresent(known::add);
        }
    }

    /** Sets a record aside, unless that has been done. */
    void add(ConsumerRecord<byte[], byte[]> record, Throwable cause) {
        Place place = new Place(record.topic(), record.partition(), record.offset(), record.timestamp());
        if (known.size() >= MOST || !known.add(place)) {
            return;
        }
        String topic = topics.get(record.topic());
        var _ = producer.send(
                new ProducerRecord<>(
                        topic,
                        null,
                        null,
                        record.key(),
                        record.value(),
                        DeadLetterHeaders.of(record.headers(), place, GROUP, cause, clock.instant())),
                (_, failure) -> {
                    if (failure == null) {
                        deadLettered.increment();
                    } else {
                        log.atWarn()
                                .addKeyValue("topic", topic)
                                .log("a record is not set aside before the next start: {}", failure.toString());
                    }
                });
    }
}
