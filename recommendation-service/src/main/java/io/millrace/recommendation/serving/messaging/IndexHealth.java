package io.millrace.recommendation.serving.messaging;

import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while a condition holds. */
final class IndexHealth implements HealthIndicator {

    private final BooleanSupplier well;

    IndexHealth(BooleanSupplier well) {
        this.well = well;
    }

    @Override
    public Health health() {
        return (well.getAsBoolean() ? Health.up() : Health.down()).build();
    }
}
