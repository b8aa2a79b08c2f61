package io.millrace.monitoring.lag;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the reading of lag, {@code millrace.monitoring.lag.*}.
 *
 * @param every how often the brokers are asked, 1 s to 1 min
 */
@Validated
@ConfigurationProperties("millrace.monitoring.lag")
public record LagProperties(@DefaultValue("5s") Duration every) {

    /** Whether the pace is sensible. */
    @AssertTrue(message = "every must lie within 1 s and 1 min") boolean isSensible() {
        return every.toMillis() >= 1_000 && every.toSeconds() <= 60;
    }
}
