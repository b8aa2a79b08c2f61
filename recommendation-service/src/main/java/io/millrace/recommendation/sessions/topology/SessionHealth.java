package io.millrace.recommendation.sessions.topology;

import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether clicks are being put into sessions. For alerting: recommendations are answered by HTTP all the same, so this never
 * counts into readiness.
 */
final class SessionHealth implements HealthIndicator {

    private final SessionStreams streams;
    private final StreamsFailures failures;

    SessionHealth(SessionStreams streams, StreamsFailures failures) {
        this.streams = streams;
        this.failures = failures;
    }

    @Override
    public Health health() {
        String state = streams.state().map(KafkaStreams.State::name).orElse("WAITING_FOR_TOPICS");
        boolean well = state.equals(KafkaStreams.State.RUNNING.name())
                && failures.recent().isEmpty();
        Health.Builder health = (well ? Health.up() : Health.down()).withDetail("state", state);
        failures.recent().ifPresent(time -> health.withDetail("failedAt", time));
        return health.build();
    }
}
