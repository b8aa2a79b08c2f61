package io.millrace.recommendation.clickstream.web;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Counts refusals in front of the table of routes, which refuses too. */
@Configuration(proxyBeanMethods = false)
class ClickWebConfiguration {

    private static final int BEFORE_THE_ROUTES = Ordered.HIGHEST_PRECEDENCE + 5;

    @Bean
    FilterRegistrationBean<RefusedBatches> refusedBatches(MeterRegistry meters) {
        var registration = new FilterRegistrationBean<>(new RefusedBatches(meters));
        registration.addUrlPatterns("/api/clickstream");
        registration.setOrder(BEFORE_THE_ROUTES);
        return registration;
    }
}
