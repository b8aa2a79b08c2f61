package io.millrace.recommendation.serving.messaging;

import io.millrace.messaging.BrokerAnswers;
import io.millrace.messaging.topics.TopicProvisioner;
import io.millrace.recommendation.serving.RecommendationIndex;
import io.millrace.recommendation.serving.ServingProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Feeds the index of this instance with whole topics: catalogue and stock from their beginning, then sessions too, the newest
 * so many. It belongs to no group, as every instance reads everything. When reading fails, whatever the reason, it goes on
 * where it stood, after a back-off, for as long as it takes; what is in memory is answered from meanwhile. Records that can't
 * be worked with don't come so far: {@link IndexRecords} passes them over.
 */
final class IndexReader implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(IndexReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(5);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final IndexRecords records;
    private final RecommendationIndex index;
    private final ServingProperties properties;
    private final TopicProvisioner topics;
    private final Clock clock;
    private final BrokerAnswers answers;

    /** Where reading goes on; outlives the consumer, so that no visit is counted twice. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private Instant rankedAt = Instant.MIN;
    private volatile boolean running;
    private volatile boolean reading;
    private volatile @Nullable Instant startedAt;
    private volatile @Nullable Consumer<byte[], byte[]> current;
    private @Nullable Thread thread;

    IndexReader(
            Supplier<Consumer<byte[], byte[]>> consumers,
            IndexRecords records,
            RecommendationIndex index,
            ServingProperties properties,
            TopicProvisioner topics,
            Clock clock) {
        this.consumers = consumers;
        this.records = records;
        this.index = index;
        this.properties = properties;
        this.topics = topics;
        this.clock = clock;
        this.answers = new BrokerAnswers(clock);
    }

    @Override
    public void start() {
        running = true;
        startedAt = clock.instant();
        var _ = topics.ready().thenRun(this::begin);
    }

    private synchronized void begin() {
        if (running) {
            thread = Thread.ofPlatform()
                    .name("index-reader")
                    .daemon()
                    .uncaughtExceptionHandler((dead, failure) -> log.atError().log("the index is fed no more", failure))
                    .start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        stopping.countDown();
        Consumer<byte[], byte[]> open = current;
        if (open != null) {
            open.wakeup(); // not interrupted: it could not close its connections
        }
        if (thread != null) {
            try {
                thread.join(STOPPED_WITHIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Whether the topics are being read now, and some broker has answered within {@link BrokerAnswers#SILENCE}. */
    boolean isReading() {
        return reading && answers.silentSince().isEmpty();
    }

    /** Whether the first read is over, or has taken so long that answers are better given without it. */
    boolean isReady() {
        Instant since = startedAt;
        return index.isLoaded() || (since != null && clock.instant().isAfter(since.plus(properties.loadWithin())));
    }

    private void run() {
        Duration retry = FIRST_RETRY;
        while (running) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException _) {
                log.debug("woken up to stop");
            } catch (KafkaException e) {
                log.atWarn()
                        .addKeyValue("waitMillis", retry.toMillis())
                        .log("the index can't be fed now, trying again: {}", e.toString());
            } catch (RuntimeException e) { // a fault of our own: still better tried again than never
                log.atError()
                        .addKeyValue("waitMillis", retry.toMillis())
                        .log("the index can't be fed, trying again", e);
            } finally {
                current = null;
                retry = reading ? FIRST_RETRY : retry;
                reading = false;
            }
            if (running) {
                retry = waitFor(retry);
            }
        }
    }

    private Duration waitFor(Duration retry) {
        try {
            if (stopping.await(retry.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("not waited: the service stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration next = retry.multipliedBy(2);
        return next.compareTo(LONGEST_RETRY) < 0 ? next : LONGEST_RETRY;
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> products = partitions(consumer, IndexRecords.PRODUCT_TOPICS);
        List<TopicPartition> sessions = partitions(consumer, List.of(IndexRecords.SESSIONS));
        List<TopicPartition> letters = partitions(
                consumer,
                IndexRecords.TOPICS.stream().map(IndexDeadLetters::topic).toList());
        // Before whatever has been set aside already, or it would be again.
        readToEnd(consumer, letters, IndexDeadLetters.MOST);
        // Products first: visits of products that are not known yet would be passed over.
        readToEnd(consumer, products, Long.MAX_VALUE);
        List<TopicPartition> all =
                Stream.of(letters, products, sessions).flatMap(List::stream).toList();
        readToEnd(consumer, all, properties.replay() / sessions.size());
        if (!index.isLoaded()) {
            index.loaded();
            log.atInfo().log("the index has been read");
        }
        reading = true;
        while (running) {
            poll(consumer);
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, List<String> topics) {
        return topics.stream()
                .flatMap(topic -> partitions(consumer, topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static List<PartitionInfo> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("no topic " + topic);
        }
        return partitions;
    }

    /** @param most records of a partition that was never read before that are read at first; older ones are left out */
    private void readToEnd(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions, long most) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            long from = Math.max(begin, end - most);
            consumer.seek(partition, positions.computeIfAbsent(partition, unread -> from));
        }
        while (running && partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
            poll(consumer);
        }
    }

    private void poll(Consumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        answers.look(consumer.metrics().values());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records.apply(record);
            positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        if (isRankingDue()) {
            index.rank();
        }
    }

    private boolean isRankingDue() {
        Instant now = clock.instant();
        if (rankedAt.isAfter(now.minus(properties.rankEvery()))) {
            return false;
        }
        rankedAt = now;
        return true;
    }
}
