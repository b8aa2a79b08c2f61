package io.millrace.monitoring.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.monitoring.lag.DeadLetterCount;
import io.millrace.monitoring.lag.GroupLag;
import io.millrace.monitoring.orders.OrderFigures;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the platform is doing.
 *
 * @param at when it was put together
 * @param uptimeSeconds of this process
 * @param services every process that sent telemetry within the last hour
 * @param lag of every consumer group, as of {@code lagAt}
 * @param lagAt when the brokers were last heard of; null while they have not been
 * @param outbox events that wait for the brokers, of each service that has an outbox and tells of it
 * @param deadLetters dead-letter topics that hold something
 * @param errors the newest errors
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Summary(
        Instant at,
        long uptimeSeconds,
        List<ServiceState> services,
        OrderFigures orders,
        List<GroupLag> lag,
        @Nullable Instant lagAt,
        List<OutboxState> outbox,
        List<DeadLetterCount> deadLetters,
        List<ErrorLine> errors,
        TelemetryRates telemetry) {

    /**
     * A process.
     *
     * @param up whether it has sent something lately
     */
    public record ServiceState(String name, String instance, boolean up, Instant lastSeen) {}

    /** An outbox: events waiting, and the age of the oldest. */
    public record OutboxState(String service, long waiting, double oldestSeconds) {}

    /** A logged error. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ErrorLine(
            Instant time,
            String service,
            String severity,
            String message,
            @Nullable String traceId,
            @Nullable UUID orderId) {}

    /**
     * What comes in, as a mean of the last ten seconds.
     *
     * @param dropped signals that the services' senders dropped since they started, and records there was no room for
     */
    public record TelemetryRates(double logsPerSecond, double metricsPerSecond, long dropped) {}
}
