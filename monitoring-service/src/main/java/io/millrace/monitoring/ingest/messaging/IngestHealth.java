package io.millrace.monitoring.ingest.messaging;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether everything that is assigned is being read and stored. For alerting only. */
final class IngestHealth implements HealthIndicator {

    private final Ingestion ingestion;

    IngestHealth(Ingestion ingestion) {
        this.ingestion = ingestion;
    }

    @Override
    public Health health() {
        List<IngestConsumer> active = ingestion.active();
        boolean well = !active.isEmpty() && active.stream().allMatch(IngestConsumer::isWell);
        return (well ? Health.up() : Health.down())
                .withDetail(
                        "partitions",
                        active.stream().mapToInt(IngestConsumer::assigned).sum())
                .build();
    }
}
