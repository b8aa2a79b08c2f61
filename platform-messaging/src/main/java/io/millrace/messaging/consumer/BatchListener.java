package io.millrace.messaging.consumer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Connects a {@link BatchProcessor} with Spring Kafka's container: commits what was processed, rewinds and pauses the
 * partitions that stopped, and lets them go on after their wait, while all others keep flowing.
 */
final class BatchListener
        implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]>, ConsumerAwareRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(BatchListener.class);

    private final String group;
    private final BatchProcessor processor;
    private final ScheduledExecutorService timer;
    private final ConsumerMeters meters;
    private final Set<TopicPartition> stopped = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, OffsetAndMetadata> committing = new ConcurrentHashMap<>();
    private volatile @Nullable MessageListenerContainer container;

    BatchListener(String group, BatchProcessor processor, ScheduledExecutorService timer, ConsumerMeters meters) {
        this.group = group;
        this.processor = processor;
        this.timer = timer;
        this.meters = meters;
    }

    void attach(MessageListenerContainer listenerContainer) {
        container = listenerContainer;
    }

    /** Partitions that wait after a failure. */
    Set<TopicPartition> stopped() {
        return stopped;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> records,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumerOrNull) {
        Consumer<?, ?> consumer = Objects.requireNonNull(consumerOrNull);
        BatchProcessor.Result result = processor.process(records);
        result.stopped().forEach((partition, wait) -> stop(partition, wait, result, consumer));
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        // The position lies beyond the marker that ends a transaction, which no record stands for: else lag never
        // reaches 0.
        result.next()
                .forEach((partition, next) -> offsets.put(
                        partition,
                        new OffsetAndMetadata(
                                result.stopped().containsKey(partition)
                                        ? next
                                        : Math.max(next, consumer.position(partition)))));
        commit(offsets, consumer);
        countLag(consumer);
    }

    /**
     * As far as the consumer knows without asking the brokers; to be called on its thread, also while nothing arrives. Not a
     * figure as long as it has not heard of every partition.
     */
    void countLag(Consumer<?, ?> consumer) {
        long lag = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong known = consumer.currentLag(partition);
            if (known.isEmpty()) {
                return;
            }
            lag += known.getAsLong();
        }
        meters.lag(lag);
    }

    /** The effects are idempotent: a commit that is lost only brings records again, so none is waited for. */
    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets, Consumer<?, ?> consumer) {
        committing.putAll(offsets);
        consumer.commitAsync(offsets, (committed, failure) -> {
            if (failure != null) {
                log.atInfo().addKeyValue("group", group).log("offsets not committed: {}", failure.toString());
            } else {
                committed.forEach(committing::remove);
            }
        });
    }

    private void stop(TopicPartition partition, Duration wait, BatchProcessor.Result result, Consumer<?, ?> consumer) {
        Long from = result.next().get(partition);
        MessageListenerContainer present = container;
        if (from == null || present == null) {
            throw new IllegalStateException("stopped partition without a place to go on from: " + partition);
        }
        consumer.seek(partition, from);
        stopped.add(partition);
        present.pausePartition(partition);
        var _ = timer.schedule(() -> goOn(partition), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void goOn(TopicPartition partition) {
        stopped.remove(partition);
        MessageListenerContainer present = container;
        if (present != null) {
            present.resumePartition(partition);
        }
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> open = new HashMap<>(committing);
        open.keySet().retainAll(partitions);
        if (!open.isEmpty()) {
            consumer.commitSync(open);
        }
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(committing::remove);
        partitions.forEach(this::goOn);
        processor.forget(partitions);
    }
}
