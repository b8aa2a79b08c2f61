package io.millrace.telemetry;

import io.millrace.telemetry.trace.Tracer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Passes traces on where nothing is shipped, as there are no brokers or it is not wanted. */
@AutoConfiguration(after = ShippingAutoConfiguration.class)
public class TelemetryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Tracer tracer() {
        return Tracer.off();
    }
}
