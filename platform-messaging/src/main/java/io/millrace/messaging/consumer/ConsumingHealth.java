package io.millrace.messaging.consumer;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the service's consumers read and get on, and brokers answer them. It is for alerting: an instance whose consumers stand still can still
 * answer HTTP, so this never counts into readiness.
 */
final class ConsumingHealth implements HealthIndicator {

    private final Subscriptions subscriptions;

    ConsumingHealth(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public Health health() {
        Map<String, Subscriptions.State> states = subscriptions.states();
        Optional<Instant> silent = subscriptions.brokersSilentSince();
        boolean well = silent.isEmpty()
                && states.values().stream()
                        .allMatch(state -> state.alive() && state.stopped().isEmpty());
        Health.Builder health = well ? Health.up() : Health.down();
        silent.ifPresent(since -> health.withDetail("brokersSilentSince", since));
        states.forEach((group, state) -> health.withDetail(
                group,
                Map.of(
                        "alive", state.alive(),
                        "partitions", state.partitions(),
                        "stopped", state.stopped().toString())));
        return health.build();
    }
}
