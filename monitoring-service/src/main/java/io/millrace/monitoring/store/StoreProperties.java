package io.millrace.monitoring.store;

import jakarta.validation.constraints.AssertTrue;
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
 * @param maxSize most that stored records may take with their indexes; beyond it the oldest days of telemetry go before
 *     their time, then the oldest days of events. The day under way is never dropped, so that a single day can exceed it
 */
@Validated
@ConfigurationProperties("millrace.monitoring.store")
public record StoreProperties(
        @DefaultValue("30d") Duration keepEvents,
        @DefaultValue("7d") Duration keepTelemetry,
        @DefaultValue("4GB") DataSize maxSize) {

    /** Whether each is kept for at least a day. */
    @AssertTrue(message = "keepEvents and keepTelemetry must be at least a day") boolean isKeptForADay() {
        return keepEvents.toDays() >= 1 && keepTelemetry.toDays() >= 1;
    }

    /** Whether there is room for anything. */
    @AssertTrue(message = "maxSize must be at least 16 MB") boolean isRoomy() {
        return maxSize.toMegabytes() >= 16;
    }
}
