package io.millrace.streams;

import io.millrace.messaging.BrokerAnswers;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether a topology is running with all its threads, none of which failed within a minute, and some broker has answered
 * within 10 s ({@link BrokerAnswers#SILENCE}): Kafka Streams itself calls itself running for as long as brokers are away. For
 * alerting: whatever the service answers by HTTP it can answer without, so this never counts into readiness.
 */
public final class StreamsHealth implements HealthIndicator {

    private final ManagedStreams streams;

    /** Tells of these. */
    public StreamsHealth(ManagedStreams streams) {
        this.streams = streams;
    }

    @Override
    public Health health() {
        String state = streams.running()
                .map(each -> each.state().name())
                .orElse(streams.hasTopics() ? "NOT_BEGUN" : "WAITING_FOR_TOPICS");
        int missing = streams.missingThreads();
        boolean well = state.equals(KafkaStreams.State.RUNNING.name())
                && streams.failedAt().isEmpty()
                && streams.silentSince().isEmpty()
                && missing == 0;
        Health.Builder health = (well ? Health.up() : Health.down()).withDetail("state", state);
        streams.failedAt().ifPresent(time -> health.withDetail("failedAt", time));
        streams.silentSince().ifPresent(time -> health.withDetail("brokersSilentSince", time));
        if (missing > 0) {
            health.withDetail("missingThreads", missing);
        }
        return health.build();
    }
}
