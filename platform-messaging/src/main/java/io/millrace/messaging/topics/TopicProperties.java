package io.millrace.messaging.topics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How topics are created, {@code millrace.topics.*}. Existing topics are left as they are.
 *
 * @param replication replicas of each partition where the cluster has as many brokers, else as many as it has; 1 or more.
 *     From 3 replicas on, 2 must be in sync for a write to be acknowledged
 * @param retentionBytes bytes a partition keeps at most beside its retention in time; -1 for no limit
 */
@ConfigurationProperties("millrace.topics")
public record TopicProperties(
        @DefaultValue("3") int replication,
        @DefaultValue("-1") long retentionBytes) {}
