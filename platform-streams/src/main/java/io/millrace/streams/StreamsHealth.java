package io.millrace.streams;

import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether a topology is running, and none of its threads failed within a minute. For alerting: whatever the service answers
 * by HTTP it can answer without, so this never counts into readiness.
 */
public final class StreamsHealth implements HealthIndicator {

    private final ManagedStreams streams;

    /** Tells of these. */
    public StreamsHealth(ManagedStreams streams) {
        this.streams = streams;
    }

    @Override
    public Health health() {
        String state = streams.state().map(KafkaStreams.State::name).orElse("WAITING_FOR_TOPICS");
        boolean well = state.equals(KafkaStreams.State.RUNNING.name())
                && streams.failedAt().isEmpty();
        Health.Builder health = (well ? Health.up() : Health.down()).withDetail("state", state);
        streams.failedAt().ifPresent(time -> health.withDetail("failedAt", time));
        return health.build();
    }
}
