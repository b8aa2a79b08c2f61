package io.millrace.fraud.cases;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of decisions and cases, {@code millrace.fraud.cases.*}.
 *
 * @param keepFor how long decisions and decided cases are kept; at least 35 days, which is longer than the topics' 30: a
 *     decision that comes again must find its record. 400 days, as a chargeback may come a year later
 */
@Validated
@ConfigurationProperties("millrace.fraud.cases")
public record CaseProperties(@DefaultValue("400d") Duration keepFor) {

    /** Whether records outlive their topics. */
    @AssertTrue(message = "keepFor must be at least 35 days") boolean isKeptLongEnough() {
        return keepFor.compareTo(Duration.ofDays(35)) >= 0;
    }
}
