package io.millrace.order;

import io.millrace.web.route.Route;
import io.millrace.web.route.RouteRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may do what, route by route; whatever is not listed does not exist. */
@Configuration(proxyBeanMethods = false)
class OrderRoutes {

    @Bean
    RouteRules routes() {
        return RouteRules.of(
                Route.post("/api/orders").scopes("orders:write", "orders:write:any"),
                Route.get("/api/orders/{id}").scopes("orders:read", "orders:read:any"),
                // The provider signs what it reports; it has no token.
                Route.post("/api/callbacks/payments").open());
    }
}
