package io.millrace.monitoring.overview;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the summary, {@code millrace.monitoring.overview.*}.
 *
 * @param downAfter silence after which a process is called down; at least 1 s, and longer than the pace at which services
 *     send their metrics
 * @param liveClients most who may watch live at once, 1 to 1,000; one more is answered 503
 * @param liveFor how long one live stream lasts before the client has to connect anew, with a token of that time; 1 s to 1 h
 */
@Validated
@ConfigurationProperties("millrace.monitoring.overview")
public record OverviewProperties(
        @DefaultValue("15s") Duration downAfter,
        @DefaultValue("50") @Min(1) @Max(1_000) int liveClients,
        @DefaultValue("15m") Duration liveFor) {

    /** Whether the times are sensible. */
    @AssertTrue(message = "downAfter must be at least 1 s, and liveFor lie within 1 s and 1 h") boolean isSensible() {
        return downAfter.toMillis() >= 1_000 && liveFor.toMillis() >= 1_000 && liveFor.toMinutes() <= 60;
    }
}
