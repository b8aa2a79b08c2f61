package io.millrace.messaging.outbox;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether what is committed reaches the brokers. It is for alerting: an instance that can't publish still takes orders
 * into its outbox, so this never counts into readiness.
 */
final class OutboxHealth implements HealthIndicator {

    private final OutboxRelay relay;

    OutboxHealth(OutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    public Health health() {
        boolean well = relay.isAlive() && relay.failing().isEmpty();
        return (well ? Health.up() : Health.down())
                .withDetail("alive", relay.isAlive())
                .withDetail("publishes", relay.publishes())
                .withDetail(
                        "failing",
                        relay.failing().stream().map(LaneKey::toString).sorted().toList())
                .build();
    }
}
