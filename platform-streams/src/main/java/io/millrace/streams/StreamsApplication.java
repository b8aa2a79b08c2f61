package io.millrace.streams;

import io.millrace.messaging.topics.TopicSpec;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/**
 * What a service runs.
 *
 * @param name what it is called in log entries, such as {@code scoring}
 * @param id application id, hence its consumer group, such as {@code fraud-service.scoring}
 * @param topology makes the topology
 * @param topics what must exist before it begins: what it reads and writes, its dead letters, and its changelogs, which Streams
 *     itself would give the broker's default replication
 */
public record StreamsApplication(String name, String id, Supplier<Topology> topology, List<TopicSpec> topics) {

    /** Keeps a copy of the topics. */
    public StreamsApplication {
        topics = List.copyOf(topics);
    }
}
