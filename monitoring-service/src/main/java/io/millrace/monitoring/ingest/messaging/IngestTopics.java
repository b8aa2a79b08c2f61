package io.millrace.monitoring.ingest.messaging;

import io.millrace.events.OpaqueTopic;
import io.millrace.events.Topic;
import io.millrace.events.catalogue.TelemetryTopics;
import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.topics.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** What is read, and what must exist for it. */
final class IngestTopics {

    /** The consumer group of everything that is ingested. */
    static final String GROUP = "monitoring-service.ingest";

    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);

    private IngestTopics() {}

    /** Every business topic there is. */
    static List<String> business() {
        return Topics.all().stream().map(Topic::name).toList();
    }

    /** Logs, metrics and spans. */
    static List<String> telemetry() {
        return TelemetryTopics.all().stream().map(OpaqueTopic::name).toList();
    }

    /**
     * All of them and their dead letters.
     *
     * @param retentionBytes bytes a partition keeps at most; -1 for no limit
     * @param deadLetterMaxBytes largest record of a dead-letter topic
     */
    static List<TopicSpec> specs(long retentionBytes, int deadLetterMaxBytes) {
        List<TopicSpec> specs = new ArrayList<>();
        Topics.all().forEach(topic -> specs.add(TopicSpec.of(topic, retentionBytes)));
        TelemetryTopics.all().forEach(topic -> specs.add(TopicSpec.of(topic, retentionBytes)));
        List.copyOf(specs).forEach(spec -> specs.add(deadLetters(spec, deadLetterMaxBytes)));
        return specs;
    }

    private static TopicSpec deadLetters(TopicSpec source, int maxBytes) {
        return new TopicSpec(
                DeadLetters.topic(source.name()),
                1,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(DEAD_LETTERS_KEPT.toMillis()),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(maxBytes)));
    }
}
