package io.millrace.monitoring.ingest.messaging;

import io.millrace.monitoring.ingest.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the brokers say of partitions. */
final class Brokers {

    private static final Logger log = LoggerFactory.getLogger(Brokers.class);
    private static final Duration CALL = Duration.ofSeconds(5);

    private final Admin admin;

    Brokers(Admin admin) {
        this.admin = admin;
    }

    /** The ids of their topics; those of topics that are gone are left out. */
    Map<Place, UUID> topicIds(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> described = admin.describeTopics(
                        partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()))
                .allTopicNames()
                .get(CALL.toMillis(), TimeUnit.MILLISECONDS);
        Map<Place, UUID> ids = new HashMap<>();
        for (TopicPartition partition : partitions) {
            TopicDescription topic = described.get(partition.topic());
            if (topic != null) {
                Uuid id = topic.topicId();
                ids.put(place(partition), new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
            }
        }
        return ids;
    }

    /** Where their next records will stand; those that have no leader now are left out. */
    Map<Place, Long> ends(Set<TopicPartition> partitions) throws InterruptedException {
        ListOffsetsResult asked = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest())));
        long until = System.nanoTime() + CALL.toNanos();
        Map<Place, Long> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                long left = Math.max(0, until - System.nanoTime());
                ends.put(
                        place(partition),
                        asked.partitionResult(partition)
                                .get(left, TimeUnit.NANOSECONDS)
                                .offset());
            } catch (ExecutionException | TimeoutException e) {
                log.atDebug().addKeyValue("partition", partition).log("its end is not known", e);
            }
        }
        return ends;
    }

    static Place place(TopicPartition partition) {
        return new Place(partition.topic(), partition.partition());
    }
}
