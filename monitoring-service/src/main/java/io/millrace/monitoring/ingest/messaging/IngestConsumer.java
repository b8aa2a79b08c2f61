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
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
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
    private static final Duration ADMIN_CALL = Duration.ofSeconds(5);
    private static final int OUT_OF_MEMORY = 3;

    private final List<String> topics;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Admin admin;
    private final IngestWriter writer;
    private final PollStore store;
    private final Duration backoff;
    private final Set<TopicPartition> unplaced = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Long> waitsUntil = new ConcurrentHashMap<>();
    private volatile @Nullable Consumer<byte[], byte[]> present;
    private volatile boolean running = true;
    private volatile int assigned;

    IngestConsumer(
            List<String> topics,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Admin admin,
            IngestWriter writer,
            PollStore store,
            Duration backoff) {
        this.topics = topics;
        this.consumers = consumers;
        this.admin = admin;
        this.writer = writer;
        this.store = store;
        this.backoff = backoff;
    }

    /** Whether every partition it has flows. */
    boolean isWell() {
        return running && present != null && unplaced.isEmpty() && waitsUntil.isEmpty();
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
            if (again != null) {
                consumer.seek(partition, again);
                consumer.pause(Set.of(partition));
                waitsUntil.put(partition, System.nanoTime() + backoff.toNanos());
            } else if (outcome.misplaced().contains(partition)) {
                consumer.pause(Set.of(partition));
                unplaced.add(partition);
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
            Map<Place, Long> next = writer.open(topicIds(open));
            for (TopicPartition partition : open) {
                consumer.seek(partition, next.getOrDefault(new Place(partition.topic(), partition.partition()), 0L));
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

    private Map<Place, UUID> topicIds(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> described = admin.describeTopics(
                        partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()))
                .allTopicNames()
                .get(ADMIN_CALL.toMillis(), TimeUnit.MILLISECONDS);
        Map<Place, UUID> ids = new HashMap<>();
        for (TopicPartition partition : partitions) {
            TopicDescription topic = described.get(partition.topic());
            if (topic != null) {
                Uuid id = topic.topicId();
                ids.put(
                        new Place(partition.topic(), partition.partition()),
                        new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
            }
        }
        return ids;
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
