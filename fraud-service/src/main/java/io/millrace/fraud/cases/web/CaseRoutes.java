package io.millrace.fraud.cases.web;

import io.millrace.web.route.Route;
import io.millrace.web.route.RouteRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may see and decide: analysts. */
@Configuration(proxyBeanMethods = false)
class CaseRoutes {

    private static final String REVIEW = "fraud:review";

    @Bean
    RouteRules routes() {
        return RouteRules.of(
                Route.get("/api/fraud/decisions/{orderId}").scopes(REVIEW),
                Route.get("/api/fraud/cases").scopes(REVIEW),
                Route.get("/api/fraud/cases/{orderId}").scopes(REVIEW),
                Route.post("/api/fraud/cases/{orderId}/decision").scopes(REVIEW));
    }
}
