package io.millrace.monitoring.ingest.messaging;

import io.millrace.monitoring.ingest.IngestWriter;
import io.millrace.monitoring.ingest.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Reads topics for as long as it is let, each partition from where the database says it has been stored to. What the group
 * has committed to the brokers is for lag to be seen, and decides nothing.
 *
 * <p>A partition that can't go on waits, paused and again from where it stopped, while the others flow.
 */
final class IngestConsumer implements Runnable, ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(IngestConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** Kafka's own count of how long ago a consumer last told its group that it lives; -1 where it never did. */
    private static final String HEARTBEAT = "last-heartbeat-seconds-ago";

    private static final int OUT_OF_MEMORY = 3;

    private final List<String> topics;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final PollBudget budget;
    private final Brokers brokers;
    private final IngestWriter writer;
    private final PollStore store;
    private final Duration backoff;
    private final Duration sessionTimeout;
    private final Set<TopicPartition> unplaced = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Long> waitsUntil = new ConcurrentHashMap<>();
    private volatile @Nullable Consumer<byte[], byte[]> present;
    private volatile boolean running = true;
    private volatile int assigned;

    IngestConsumer(
            List<String> topics,
            Function<PollBudget, Consumer<byte[], byte[]>> consumers,
            PollBudget budget,
            Brokers brokers,
            IngestWriter writer,
            PollStore store,
            Duration backoff,
            Duration sessionTimeout) {
        this.topics = topics;
        this.consumers = () -> consumers.apply(budget);
        this.budget = budget;
        this.brokers = brokers;
        this.writer = writer;
        this.store = store;
        this.backoff = backoff;
        this.sessionTimeout = sessionTimeout;
    }

    /** Whether every partition it has flows, and the brokers know that it lives. */
    boolean isWell() {
        Consumer<byte[], byte[]> consumer = present;
        return running && consumer != null && unplaced.isEmpty() && waitsUntil.isEmpty() && isHeard(consumer);
    }

    /** A consumer without brokers polls on and gets nothing, as one does that has read everything. */
    private boolean isHeard(Consumer<byte[], byte[]> consumer) {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(HEARTBEAT))
                .map(metric -> metric.getValue().metricValue())
                .anyMatch(ago -> ago instanceof Number seconds
                        && seconds.doubleValue() >= 0
                        && seconds.doubleValue() <= sessionTimeout.toSeconds());
    }

    int assigned() {
        return assigned;
    }

    /** Ends the reading after the poll under way. */
    void stop() {
        running = false;
        Consumer<byte[], byte[]> consumer = present;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    @Override
    public void run() {
        try {
            while (running) {
                try {
                    consume();
                } catch (WakeupException e) {
                    // told to end
                } catch (RuntimeException e) {
                    // whatever it is: nothing was passed over, and a dead consumer would read nothing ever again
                    log.atError().log("the consumer failed and is replaced by another", e);
                    pause();
                }
            }
        } catch (VirtualMachineError e) {
            // the process is no longer sound: its supervisor starts another
            log.atError().log("the process halts", e);
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
        }
    }

    private void consume() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            unplaced.clear();
            waitsUntil.clear();
            present = consumer;
            consumer.subscribe(topics, this);
            while (running) {
                place(consumer);
                resume(consumer);
                budget.begin();
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                assigned = consumer.assignment().size();
                if (!records.isEmpty()) {
                    store(consumer, records);
                }
            }
        } finally {
            present = null;
        }
    }

    private void store(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        PollStore.Outcome outcome = store.store(records);
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            Long again = outcome.again().get(partition);
            Long later = outcome.later().get(partition);
            if (again != null) {
                consumer.seek(partition, again);
                consumer.pause(Set.of(partition));
                waitsUntil.put(partition, System.nanoTime() + backoff.toNanos());
            } else if (outcome.misplaced().contains(partition)) {
                consumer.pause(Set.of(partition));
                unplaced.add(partition);
            } else if (later != null) {
                consumer.seek(partition, later);
                done.put(partition, new OffsetAndMetadata(later));
            } else {
                // the position, not the last offset + 1: it lies behind the marks that transactions leave
                done.put(partition, new OffsetAndMetadata(consumer.position(partition)));
            }
        }
        if (outcome.databaseAway()) {
            placeAnew(consumer);
        }
        if (!done.isEmpty()) {
            consumer.commitAsync(done, (_, failure) -> {
                if (failure != null) {
                    log.atDebug().log("offsets not committed: {}", failure.toString());
                }
            });
        }
    }

    /** A database that comes back may know less than before: every partition goes on from where it says then. */
    private void placeAnew(Consumer<byte[], byte[]> consumer) {
        long until = System.nanoTime() + backoff.toNanos();
        consumer.pause(consumer.assignment());
        unplaced.addAll(consumer.assignment());
        consumer.assignment().forEach(partition -> waitsUntil.put(partition, until));
    }

    private void resume(Consumer<byte[], byte[]> consumer) {
        long now = System.nanoTime();
        Set<TopicPartition> waited = waitsUntil.entrySet().stream()
                .filter(wait -> wait.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        waitsUntil.keySet().removeAll(waited);
        waited.removeAll(unplaced);
        consumer.resume(waited);
    }

    /** Puts newly assigned partitions where the database says; those it can't wait and are tried again. */
    private void place(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> open = new HashSet<>(unplaced);
        open.removeAll(waitsUntil.keySet());
        if (open.isEmpty()) {
            return;
        }
        try {
            Map<Place, Long> next = known(open);
            for (TopicPartition partition : open) {
                consumer.seek(partition, next.getOrDefault(Brokers.place(partition), 0L));
                consumer.resume(Set.of(partition));
                unplaced.remove(partition);
            }
        } catch (ExecutionException | TimeoutException | DataAccessException | TransactionException e) {
            log.atWarn().log("it is not known yet where to read on, asking again: {}", e.toString());
            long until = System.nanoTime() + backoff.toNanos();
            open.forEach(partition -> waitsUntil.put(partition, until));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /**
     * Where the database says that partitions go on. Beyond the end of a log, where it can't be read, there is nothing to go on
     * with: its brokers have lost what stood there, and it begins anew.
     */
    private Map<Place, Long> known(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<Place, Long> next = new HashMap<>(writer.open(brokers.topicIds(partitions)));
        Map<Place, Long> ends = brokers.ends(partitions);
        Set<Place> cut = next.entrySet().stream()
                .filter(each -> each.getValue() > ends.getOrDefault(each.getKey(), Long.MAX_VALUE))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!cut.isEmpty()) {
            cut.forEach(place -> log.atError()
                    .addKeyValue("topic", place.topic())
                    .addKeyValue("partition", place.partition())
                    .addKeyValue("stored", next.get(place))
                    .addKeyValue("end", ends.get(place))
                    .log("a partition is shorter than what was stored of it: it is read from its beginning once more"));
            writer.restart(cut);
            cut.forEach(place -> next.put(place, 0L));
        }
        return next;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Consumer<byte[], byte[]> consumer = present;
        if (consumer != null) {
            consumer.pause(partitions);
            unplaced.addAll(partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(unplaced::remove);
        partitions.forEach(waitsUntil::remove);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(backoff.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
