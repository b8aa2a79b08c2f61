package io.millrace.web.trace;

import io.millrace.telemetry.trace.Tracer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Traces every request to the service's own port. */
@AutoConfiguration
final class TraceAutoConfiguration {

    /** Between Boot's observation of requests and the table of routes, so that refusals are traced too. */
    private static final int BEFORE_ROUTES = Ordered.HIGHEST_PRECEDENCE + 5;

    @Bean
    FilterRegistrationBean<TraceFilter> traceFilter(Tracer tracer) {
        var registration = new FilterRegistrationBean<>(new TraceFilter(tracer));
        registration.setOrder(BEFORE_ROUTES);
        return registration;
    }
}
