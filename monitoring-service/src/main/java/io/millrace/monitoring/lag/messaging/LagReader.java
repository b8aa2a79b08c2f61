package io.millrace.monitoring.lag.messaging;

import io.millrace.events.OpaqueTopic;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.monitoring.lag.DeadLetterCount;
import io.millrace.monitoring.lag.GroupLag;
import io.millrace.monitoring.lag.LagBoard;
import io.millrace.monitoring.lag.LagProperties;
import io.millrace.monitoring.lag.LagReading;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads lag and dead letters from the brokers at a pace. Groups are those the brokers know, with or without members: one that
 * was stopped keeps its offsets, and its lag grows with the topic. Groups of Kafka Streams are among them, as long as they use
 * the classic protocol.
 */
@Component
class LagReader implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LagReader.class);
    private static final long CALL_MILLIS = 5_000;
    private static final String DEAD_LETTERS = ".dlt";

    private final Set<String> topics;
    private final Admin brokers;
    private final LagBoard board;
    private final LagProperties properties;
    private final Clock clock;
    private @Nullable ScheduledExecutorService timer;

    @Autowired
    LagReader(Admin brokers, LagBoard board, LagProperties properties, Clock clock) {
        this(
                Stream.concat(
                                Topics.all().stream().map(Topic::name),
                                TelemetryTopics.all().stream().map(OpaqueTopic::name))
                        .collect(Collectors.toUnmodifiableSet()),
                brokers,
                board,
                properties,
                clock);
    }

    LagReader(Set<String> topics, Admin brokers, LagBoard board, LagProperties properties, Clock clock) {
        this.topics = topics;
        this.brokers = brokers;
        this.board = board;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("lag").daemon().factory());
            var _ = timer.scheduleWithFixedDelay(
                    this::read, 0, properties.every().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    private void read() {
        try {
            Instant at = clock.instant();
            board.post(new LagReading(at, groups(), deadLetters()));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            log.atWarn().log("lag was not read, the last reading stands: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // whatever it was: the timer would end without a word
            log.atError().setCause(e).log("lag was not read, the last reading stands");
        }
    }

    List<GroupLag> groups() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, String> states = new TreeMap<>();
        for (GroupListing group : get(brokers.listGroups().all())) {
            boolean consumes = group.type()
                    .filter(type -> type == GroupType.CLASSIC || type == GroupType.CONSUMER)
                    .isPresent();
            if (consumes) {
                boolean stopped = group.groupState()
                        .filter(state -> state == GroupState.EMPTY || state == GroupState.DEAD)
                        .isPresent();
                states.put(group.groupId(), stopped ? GroupLag.STOPPED : GroupLag.CONSUMING);
            }
        }
        Map<String, Map<TopicPartition, Long>> committed = committed(states.keySet());
        Set<TopicPartition> partitions = committed.values().stream()
                .flatMap(offsets -> offsets.keySet().stream())
                .collect(Collectors.toSet());
        // after the committed offsets: one that moves meanwhile must not stand beyond the end
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        List<GroupLag> lags = new ArrayList<>();
        committed.forEach((group, offsets) -> {
            Map<String, Long> behind = new TreeMap<>();
            offsets.forEach((partition, offset) -> {
                Long begin = begins.get(partition);
                Long end = ends.get(partition);
                if (begin != null && end != null) {
                    behind.merge(partition.topic(), GroupLag.behind(offset, begin, end), Long::sum);
                }
            });
            behind.forEach((topic, records) ->
                    lags.add(new GroupLag(group, topic, records, states.getOrDefault(group, GroupLag.UNKNOWN))));
        });
        return lags;
    }

    /** By group, sorted; a partition in which a group that reads the topic has committed nothing has offset -1. */
    private Map<String, Map<TopicPartition, Long>> committed(Collection<String> groups)
            throws InterruptedException, TimeoutException, ExecutionException {
        Map<String, Map<TopicPartition, Long>> committed = new TreeMap<>();
        if (groups.isEmpty()) {
            return committed;
        }
        var result = brokers.listConsumerGroupOffsets(
                groups.stream().collect(Collectors.toMap(group -> group, _ -> new ListConsumerGroupOffsetsSpec())));
        for (String group : groups) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            try {
                for (Map.Entry<TopicPartition, OffsetAndMetadata> each :
                        get(result.partitionsToOffsetAndMetadata(group)).entrySet()) {
                    if (topics.contains(each.getKey().topic()) && each.getValue() != null) {
                        offsets.put(each.getKey(), each.getValue().offset());
                    }
                }
            } catch (ExecutionException e) {
                log.atDebug().addKeyValue("group", group).log("a group went while it was looked at", e);
            }
            if (!offsets.isEmpty()) {
                committed.put(group, offsets);
            }
        }
        addUncommitted(committed.values());
        return committed;
    }

    private void addUncommitted(Collection<Map<TopicPartition, Long>> groups)
            throws InterruptedException, TimeoutException {
        Map<String, Integer> partitions = partitions(groups.stream()
                .flatMap(offsets -> offsets.keySet().stream())
                .map(TopicPartition::topic)
                .collect(Collectors.toSet()));
        for (Map<TopicPartition, Long> offsets : groups) {
            Set<String> read =
                    offsets.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
            for (String topic : read) {
                for (int partition = 0; partition < partitions.getOrDefault(topic, 0); partition++) {
                    offsets.putIfAbsent(new TopicPartition(topic, partition), -1L);
                }
            }
        }
    }

    /** How many partitions topics have, which is asked anew each time: they can be given more. */
    private Map<String, Integer> partitions(Set<String> names) throws InterruptedException, TimeoutException {
        Map<String, Integer> partitions = new HashMap<>();
        for (var topic : brokers.describeTopics(names).topicNameValues().entrySet()) {
            try {
                partitions.put(
                        topic.getKey(), get(topic.getValue()).partitions().size());
            } catch (ExecutionException e) {
                log.atDebug().addKeyValue("topic", topic.getKey()).log("a topic went while it was looked at", e);
            }
        }
        return partitions;
    }

    private List<DeadLetterCount> deadLetters() throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> names = get(brokers.listTopics().names()).stream()
                .filter(name -> name.endsWith(DEAD_LETTERS))
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            return List.of();
        }
        Set<TopicPartition> partitions = get(brokers.describeTopics(names).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<String, Long> records = new TreeMap<>();
        partitions.forEach(partition -> {
            long count = ends.getOrDefault(partition, 0L) - begins.getOrDefault(partition, 0L);
            if (count > 0) {
                records.merge(partition.topic(), count, Long::sum);
            }
        });
        partitions.removeIf(partition -> !records.containsKey(partition.topic()));
        Map<String, Instant> newest = newest(partitions);
        return records.entrySet().stream()
                .map(each -> new DeadLetterCount(each.getKey(), each.getValue(), newest.get(each.getKey())))
                .toList();
    }

    private Map<String, Instant> newest(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Instant> newest = new HashMap<>();
        listed(partitions, OffsetSpec.maxTimestamp()).forEach((partition, info) -> {
            if (info.timestamp() >= 0) {
                newest.merge(partition.topic(), Instant.ofEpochMilli(info.timestamp()), (a, b) -> a.isAfter(b) ? a : b);
            }
        });
        return newest;
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        listed(partitions, which).forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** Partitions that are gone, or have no leader now, are left out. */
    private Map<TopicPartition, ListOffsetsResultInfo> listed(Set<TopicPartition> partitions, OffsetSpec which)
            throws InterruptedException, TimeoutException {
        Map<TopicPartition, ListOffsetsResultInfo> listed = new HashMap<>();
        if (partitions.isEmpty()) {
            return listed;
        }
        var result = brokers.listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, _ -> which)));
        for (TopicPartition partition : partitions) {
            try {
                listed.put(partition, get(result.partitionResult(partition)));
            } catch (ExecutionException e) {
                log.atDebug().addKeyValue("partition", partition).log("offset not known", e);
            }
        }
        return listed;
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(CALL_MILLIS, TimeUnit.MILLISECONDS);
    }
}
