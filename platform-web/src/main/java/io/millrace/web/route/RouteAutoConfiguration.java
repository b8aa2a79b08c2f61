package io.millrace.web.route;

import io.millrace.web.WebProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Puts the table of routes in front of everything but the measuring of requests. */
@AutoConfiguration
@EnableConfigurationProperties(WebProperties.class)
final class RouteAutoConfiguration {

    /** Behind Boot's observation of requests at the highest precedence + 1, so that refusals are measured too. */
    private static final int BEHIND_OBSERVATION = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    @ConditionalOnMissingBean
    RouteRules noRoutes() {
        return RouteRules.of();
    }

    @Bean
    Draining draining(WebProperties properties) {
        return new Draining(properties.drain());
    }

    @Bean
    FilterRegistrationBean<RouteFilter> routeFilter(RouteRules rules, WebProperties properties, Draining draining) {
        var registration = new FilterRegistrationBean<>(new RouteFilter(rules, properties.maxBody(), draining));
        registration.setOrder(BEHIND_OBSERVATION);
        return registration;
    }

    @Bean
    RouteCoverage routeCoverage(
            RouteRules rules, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        return new RouteCoverage(rules, mapping);
    }
}
