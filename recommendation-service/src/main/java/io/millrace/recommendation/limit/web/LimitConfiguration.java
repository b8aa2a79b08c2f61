package io.millrace.recommendation.limit.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.recommendation.limit.AddressLimit;
import io.millrace.recommendation.limit.LimitProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the limits in front of the controllers, before a body is read. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    /** Of clicks, which are counted once their batch has been read. */
    @Bean
    AddressLimit clickLimit(LimitProperties properties) {
        return new AddressLimit(
                properties.clicksPerSecond(), properties.clickBurst(), properties.addresses(), System::nanoTime);
    }

    @Bean
    WebMvcConfigurer addressLimits(LimitProperties properties, MeterRegistry meters) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                limit(registry, "/api/clickstream", "clickstream");
                limit(registry, "/api/recommendations/**", "recommendations");
            }

            private void limit(InterceptorRegistry registry, String paths, String what) {
                registry.addInterceptor(new LimitInterceptor(
                                new AddressLimit(
                                        properties.requestsPerSecond(),
                                        properties.burst(),
                                        properties.addresses(),
                                        System::nanoTime),
                                meters,
                                what))
                        .addPathPatterns(paths);
            }
        };
    }
}
