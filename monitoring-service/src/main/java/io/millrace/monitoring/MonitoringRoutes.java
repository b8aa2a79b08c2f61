package io.millrace.monitoring;

import io.millrace.monitoring.console.web.ConsoleRoutes;
import io.millrace.web.route.Route;
import io.millrace.web.route.RouteRules;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may look: operators and analysts. The console's own files hold no data and are open. */
@Configuration(proxyBeanMethods = false)
class MonitoringRoutes {

    private static final String READ = "ops:read";

    @Bean
    RouteRules routes() {
        Stream<Route> api = Stream.of(
                Route.get("/api/ops/summary").scopes(READ),
                Route.get("/api/ops/live").scopes(READ),
                Route.get("/api/ops/journeys/{orderId}").scopes(READ),
                Route.get("/api/ops/logs").scopes(READ),
                Route.get("/api/ops/traces/{traceId}").scopes(READ),
                Route.get("/api/ops/metrics").scopes(READ),
                Route.get("/api/ops/metrics/{name}").scopes(READ));
        return RouteRules.of(Stream.concat(api, ConsoleRoutes.all().stream()).toArray(Route[]::new));
    }
}
