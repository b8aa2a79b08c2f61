package io.millrace.messaging.consumer;

import io.millrace.events.Envelope;
import io.millrace.events.Event;
import io.millrace.events.Topic;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.EventHeaders;
import io.millrace.messaging.Message;
import io.millrace.messaging.UndecodableException;
import io.millrace.telemetry.trace.Tracer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Processes one poll: all of it in one transaction where that works; where it does not, in ever smaller parts until the
 * record at fault stands alone.
 *
 * <p>What cannot be processed now stops its partition at that record and no other; attempts are counted per record, so that
 * a healthy partition in the same poll neither resets nor uses up another's.
 */
final class BatchProcessor {

    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);
    private static final int CONFLICT_RETRIES = 5;

    private final BatchSubscription subscription;
    private final Map<String, Topic<? extends Event>> topics;
    private final EventCodec codec;
    private final TransactionOperations transaction;
    private final DeadLetters deadLetters;
    private final ConsumerProperties properties;
    private final ConsumerMeters meters;
    private final Runnable halt;
    private final ConsumedTraces traces;
    private final Map<TopicPartition, Attempts> attempts = new HashMap<>();

    /**
     * Up to which offset what can't be read has been set aside. It is set aside before the rest of its poll has been
     * applied, and so is met again by every attempt while a record before it waits.
     */
    private final Map<TopicPartition, Long> setAsideTo = new HashMap<>();

    BatchProcessor(
            BatchSubscription subscription,
            EventCodec codec,
            TransactionOperations transaction,
            DeadLetters deadLetters,
            ConsumerProperties properties,
            ConsumerMeters meters,
            Runnable halt,
            Tracer tracer) {
        this.subscription = subscription;
        this.topics = subscription.topics().stream().collect(Collectors.toMap(Topic::name, Function.identity()));
        this.codec = codec;
        this.transaction = transaction;
        this.deadLetters = deadLetters;
        this.properties = properties;
        this.meters = meters;
        this.halt = halt;
        this.traces = new ConsumedTraces(tracer, subscription.group());
    }

    /**
     * What became of a poll.
     *
     * @param next per partition the offset to go on from, which is also the one to commit
     * @param stopped partitions that stopped before their end, and how long each is to wait
     */
    record Result(Map<TopicPartition, Long> next, Map<TopicPartition, Duration> stopped) {}

    /** A record failed so many times, at this offset. */
    private record Attempts(long offset, int failed) {}

    /** A record of the poll: what it says, or why it can't be read. */
    private sealed interface Item {
        ConsumerRecord<byte[], byte[]> record();

        default TopicPartition partition() {
            return new TopicPartition(record().topic(), record().partition());
        }
    }

    private record Decoded(ConsumerRecord<byte[], byte[]> record, Message<?> message) implements Item {}

    private record Undecodable(ConsumerRecord<byte[], byte[]> record, UndecodableException cause) implements Item {}

    Result process(List<ConsumerRecord<byte[], byte[]>> records) {
        Run run = new Run();
        List<Item> items = records.stream().map(this::read).toList();
        List<Decoded> decoded = new ArrayList<>(items.size());
        for (Item item : items) {
            switch (item) {
                case Decoded read -> decoded.add(read);
                case Undecodable bad -> run.setAsideUndecodable(bad);
            }
        }
        run.attempt(decoded);
        return run.result(items);
    }

    /** Forgets partitions that were taken away. */
    void forget(Iterable<TopicPartition> partitions) {
        partitions.forEach(attempts::remove);
        partitions.forEach(setAsideTo::remove);
    }

    private Item read(ConsumerRecord<byte[], byte[]> record) {
        Topic<? extends Event> topic = topic(record);
        try {
            if (record.key() == null) {
                throw new UndecodableException("the record has no key");
            }
            if (record.value() == null) {
                throw new UndecodableException("the record has no value");
            }
            Envelope envelope = EventHeaders.read(record.headers());
            Event event = codec.decode(topic, envelope.type(), record.value());
            String key = new String(record.key(), StandardCharsets.UTF_8);
            return new Decoded(record, new Message<>(topic, key, envelope, event, record.partition(), record.offset()));
        } catch (UndecodableException e) {
            return new Undecodable(record, e);
        }
    }

    private Topic<? extends Event> topic(ConsumerRecord<byte[], byte[]> record) {
        Topic<? extends Event> topic = topics.get(record.topic());
        if (topic == null) {
            throw new IllegalStateException(subscription.group() + " got a record of " + record.topic());
        }
        return topic;
    }

    /** One poll's progress. */
    private final class Run {

        /** Partitions that go no further, at the offset they stopped at. */
        private final Map<TopicPartition, Long> stoppedAt = new HashMap<>();

        private final Map<TopicPartition, Duration> waits = new HashMap<>();

        void setAsideUndecodable(Undecodable item) {
            long offset = item.record().offset();
            boolean done = offset <= setAsideTo.getOrDefault(item.partition(), -1L);
            if (!done && !isBehindStop(item) && setAside(item, item.cause)) {
                setAsideTo.put(item.partition(), offset);
            }
        }

        void attempt(List<Decoded> items) {
            List<Decoded> open =
                    items.stream().filter(item -> !isBehindStop(item)).toList();
            if (open.isEmpty()) {
                return;
            }
            Throwable failure = apply(open);
            if (failure == null) {
                meters.processed(open.size());
                return;
            }
            switch (Failure.of(failure)) {
                case FATAL -> {
                    log.atError().addKeyValue("group", subscription.group()).log("the process halts", failure);
                    halt.run();
                }
                case AWAY -> stopAll(open, failure);
                case REFUSED -> splitOr(open, failure, () -> setAside(open.getFirst(), failure));
                case TRANSIENT, CONFLICT -> splitOr(open, failure, () -> retryOrSetAside(open.getFirst(), failure));
            }
        }

        private @Nullable Throwable apply(List<Decoded> items) {
            List<Message<?>> messages = messages(items);
            for (int conflicts = 0; ; conflicts++) {
                try {
                    traces.during(
                            messages,
                            () -> transaction.executeWithoutResult(
                                    _ -> subscription.handler().handle(messages)));
                    return null;
                } catch (Throwable failure) {
                    // Whatever a handler throws, an Error included, is this batch's failure and must not end the
                    // consumer.
                    if (Failure.of(failure) != Failure.CONFLICT || conflicts >= CONFLICT_RETRIES) {
                        return failure;
                    }
                }
            }
        }

        private void splitOr(List<Decoded> items, Throwable failure, Runnable single) {
            if (items.size() == 1) {
                single.run();
                return;
            }
            log.atInfo()
                    .addKeyValue("group", subscription.group())
                    .addKeyValue("records", items.size())
                    .log("a batch failed and is tried in halves: {}", failure.toString());
            int half = items.size() / 2;
            attempt(items.subList(0, half));
            attempt(items.subList(half, items.size()));
        }

        private void retryOrSetAside(Item item, Throwable failure) {
            Attempts before = attempts.get(item.partition());
            int failed = before != null && before.offset == item.record().offset() ? before.failed + 1 : 1;
            if (failed >= properties.attempts()) {
                setAside(item, failure);
                return;
            }
            attempts.put(item.partition(), new Attempts(item.record().offset(), failed));
            meters.retried();
            about(item, log.atWarn())
                    .addKeyValue("group", subscription.group())
                    .addKeyValue("topic", item.record().topic())
                    .addKeyValue("partition", item.record().partition())
                    .addKeyValue("offset", item.record().offset())
                    .addKeyValue("attempt", failed)
                    .log("a record failed and is tried again", failure);
            stop(item, properties.backoff(failed));
        }

        /** False when the dead letters can't be written: then the record's partition stops there. */
        private boolean setAside(Item item, Throwable cause) {
            try {
                deadLetters.write(subscription.group(), topic(item.record()), item.record(), cause);
            } catch (DeadLetterUnwritableException e) {
                log.atError()
                        .addKeyValue("group", subscription.group())
                        .addKeyValue("topic", item.record().topic())
                        .addKeyValue("partition", item.record().partition())
                        .addKeyValue("offset", item.record().offset())
                        .log("a record can be neither processed nor set aside: its partition waits", e);
                stop(item, properties.longestBackoff());
                return false;
            }
            meters.deadLettered();
            about(item, log.atError())
                    .addKeyValue("group", subscription.group())
                    .addKeyValue("topic", item.record().topic())
                    .addKeyValue("partition", item.record().partition())
                    .addKeyValue("offset", item.record().offset())
                    .log("a record was set aside in the dead letters: {}", cause.toString());
            return true;
        }

        /** What ties an order's log lines together, where the record is about one. */
        private static LoggingEventBuilder about(Item item, LoggingEventBuilder line) {
            if (item instanceof Decoded(var _, Message<?> message)
                    && Tracer.isOrder(message.envelope().correlationId())) {
                return line.addKeyValue("orderId", message.envelope().correlationId());
            }
            return line;
        }

        private void stopAll(List<Decoded> items, Throwable failure) {
            log.atWarn()
                    .addKeyValue("group", subscription.group())
                    .addKeyValue("records", items.size())
                    .log("something needed is away, the batch is tried again: {}", failure.toString());
            for (Item item : items) {
                if (!isBehindStop(item)) {
                    stop(item, properties.longestBackoff().dividedBy(5));
                }
            }
        }

        private void stop(Item item, Duration wait) {
            stoppedAt.merge(item.partition(), item.record().offset(), Math::min);
            waits.merge(item.partition(), wait, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }

        private boolean isBehindStop(Item item) {
            Long stop = stoppedAt.get(item.partition());
            return stop != null && item.record().offset() >= stop;
        }

        Result result(List<Item> items) {
            Map<TopicPartition, Long> next = new HashMap<>();
            for (Item item : items) {
                next.merge(item.partition(), item.record().offset() + 1, Math::max);
            }
            next.putAll(stoppedAt);
            attempts.entrySet().removeIf(entry -> isReached(entry.getKey(), entry.getValue().offset, next));
            setAsideTo.entrySet().removeIf(entry -> isReached(entry.getKey(), entry.getValue(), next));
            return new Result(next, waits);
        }

        private static boolean isReached(TopicPartition partition, long offset, Map<TopicPartition, Long> next) {
            Long reached = next.get(partition);
            return reached != null && reached > offset;
        }

        private List<Message<?>> messages(List<Decoded> items) {
            List<Message<?>> messages = new ArrayList<>(items.size());
            items.forEach(item -> messages.add(item.message));
            return messages;
        }
    }
}
