package io.millrace.monitoring.store;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long and how much is kept, {@code millrace.monitoring.store.*}. Days are dropped whole.
 *
 * @param keepEvents age at which events of the business topics go; at least a day. 30 days, as long as the topics keep them
 * @param keepTelemetry age at which logs, metrics and spans go; at least a day
 * @param maxSize most that stored records may take with their indexes. Events and telemetry have a part of it each, so that
 *     neither takes the other's place; beyond its part the oldest days of a kind go before their time. The day under way is
 *     never dropped: once it alone fills the part, what comes is counted as dropped until the next day
 * @param eventsShare percent of {@code maxSize} that are the events' part, 5 to 95; the rest is the telemetry's
 */
@Validated
@ConfigurationProperties("millrace.monitoring.store")
public record StoreProperties(
        @DefaultValue("30d") Duration keepEvents,
        @DefaultValue("7d") Duration keepTelemetry,
        @DefaultValue("4GB") DataSize maxSize,
        @DefaultValue("25") @Min(5) @Max(95) int eventsShare) {

    /** Most that records of a kind may take, in bytes. */
    long most(Kind kind) {
        return switch (kind) {
            case EVENTS -> eventBytes();
            case TELEMETRY -> maxSize.toBytes() - eventBytes();
        };
    }

    /** The age at which records of a kind go. */
    Duration keep(Kind kind) {
        return switch (kind) {
            case EVENTS -> keepEvents;
            case TELEMETRY -> keepTelemetry;
        };
    }

    private long eventBytes() {
        return maxSize.toBytes() / 100 * eventsShare;
    }

    /** Whether each is kept for at least a day. */
    @AssertTrue(message = "keepEvents and keepTelemetry must be at least a day") boolean isKeptForADay() {
        return keepEvents.toDays() >= 1 && keepTelemetry.toDays() >= 1;
    }

    /** Whether there is room for anything. */
    @AssertTrue(message = "maxSize must be at least 16 MB") boolean isRoomy() {
        return maxSize.toMegabytes() >= 16;
    }
}
