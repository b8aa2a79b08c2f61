package io.millrace.recommendation.clickstream.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.Envelope;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.EventIds;
import io.millrace.recommendation.clickstream.Click;
import io.millrace.recommendation.clickstream.ClickLog;
import io.millrace.recommendation.clickstream.ClickProperties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.stereotype.Component;

/**
 * Clicks as records of {@link Topics#CLICKSTREAM_EVENTS}, keyed by visitor. A click's event id follows from what the shop
 * calls it, so that one that is reported or sent again is the same event.
 */
@Component
class ClickTopic implements ClickLog {

    /** The longest a request waits for the brokers. */
    static final Duration PATIENCE = Duration.ofMillis(1_700);

    /** After this nothing more is handed to the producer, each of whose sends may block for a second. */
    private static final Duration SENDING = Duration.ofMillis(700);

    private static final String SOURCE = "recommendation-service";

    private final Producer<byte[], byte[]> producer;
    private final EventCodec codec;
    private final Semaphore inFlight;
    private final Counter unacknowledged;

    ClickTopic(
            Producer<byte[], byte[]> eventProducer,
            EventCodec codec,
            ClickProperties properties,
            MeterRegistry meters) {
        this.producer = eventProducer;
        this.codec = codec;
        this.inFlight = new Semaphore(properties.inFlight());
        this.unacknowledged = Counter.builder("millrace.recommendation.clicks.unacknowledged")
                .description(
                        "clicks of requests that the brokers did not acknowledge in time, or that were too many at once")
                .register(meters);
    }

    @Override
    public boolean keep(List<Click> clicks, Instant now) {
        if (!inFlight.tryAcquire(clicks.size())) {
            unacknowledged.increment(clicks.size());
            return false;
        }
        boolean kept = false;
        try {
            kept = send(clicks, now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inFlight.release(clicks.size());
            if (!kept) {
                unacknowledged.increment(clicks.size());
            }
        }
        return kept;
    }

    private boolean send(List<Click> clicks, Instant now) throws InterruptedException {
        long begun = System.nanoTime();
        List<Future<RecordMetadata>> sent = new ArrayList<>(clicks.size());
        for (Click click : clicks) {
            if (System.nanoTime() - begun > SENDING.toNanos()) {
                return false;
            }
            Future<RecordMetadata> future = producer.send(recordOf(click, now));
            if (future.state() == Future.State.FAILED) { // no need to fail with every other
                return false;
            }
            sent.add(future);
        }
        for (Future<RecordMetadata> future : sent) {
            long left = PATIENCE.toNanos() - (System.nanoTime() - begun);
            try {
                future.get(left, TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException _) {
                return false;
            }
        }
        return true;
    }

    private ProducerRecord<byte[], byte[]> recordOf(Click click, Instant now) {
        String visitor = click.event().visitorId();
        String type = Topic.typeOf(click.event().getClass());
        Envelope envelope = new Envelope(
                EventIds.derived(click.eventId(), visitor),
                type,
                SOURCE,
                click.event().occurredAt(),
                click.eventId().toString(),
                1,
                visitor,
                null,
                null);
        return new ProducerRecord<>(
                Topics.CLICKSTREAM_EVENTS.name(),
                null,
                now.toEpochMilli(),
                visitor.getBytes(StandardCharsets.UTF_8),
                codec.encode(click.event()),
                EventHeaders.of(envelope));
    }
}
