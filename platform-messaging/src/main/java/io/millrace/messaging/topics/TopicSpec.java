package io.millrace.messaging.topics;

import io.millrace.events.Event;
import io.millrace.events.OpaqueTopic;
import io.millrace.events.Retention;
import io.millrace.events.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it is created.
 *
 * @param name its name
 * @param partitions its partitions
 * @param configs its settings, by Kafka's names
 */
public record TopicSpec(String name, int partitions, Map<String, String> configs) {

    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);

    /** Only closed segments are deleted; on a quiet topic the broker's own default keeps one open for a week more. */
    private static final Duration SEGMENT = Duration.ofDays(1);

    /**
     * The topic as its declaration in the catalogue says.
     *
     * @param retentionBytes bytes a partition keeps at most; -1 for no limit
     */
    public static TopicSpec of(Topic<? extends Event> topic, long retentionBytes) {
        return new TopicSpec(topic.name(), topic.partitions(), retention(topic.retention(), retentionBytes));
    }

    /**
     * The topic as its declaration in the catalogue says.
     *
     * @param retentionBytes bytes a partition keeps at most; -1 for no limit
     */
    public static TopicSpec of(OpaqueTopic topic, long retentionBytes) {
        return new TopicSpec(topic.name(), topic.partitions(), retention(topic.retention(), retentionBytes));
    }

    /**
     * The dead letters of a group: one partition, as their order matters to the person who looks through them.
     *
     * @param maxBytes largest record, above what the source topic takes, as headers are added
     */
    public static TopicSpec deadLetters(Topic<? extends Event> topic, String group, int maxBytes) {
        Map<String, String> configs = retention(new Retention.Kept(DEAD_LETTERS_KEPT), -1);
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes));
        return new TopicSpec(topic.deadLetters(group), 1, configs);
    }

    private static Map<String, String> retention(Retention retention, long retentionBytes) {
        Map<String, String> configs = new HashMap<>();
        switch (retention) {
            case Retention.Kept kept -> {
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
                configs.put(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(kept.age().toMillis()));
                configs.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(SEGMENT.toMillis()));
                configs.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(retentionBytes));
            }
            case Retention.Compacted _ ->
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        return configs;
    }
}
