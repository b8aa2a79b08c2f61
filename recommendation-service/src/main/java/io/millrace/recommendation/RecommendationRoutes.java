package io.millrace.recommendation;

import io.millrace.web.route.Route;
import io.millrace.web.route.RouteRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Who may send clicks and see recommendations: anybody, as shop windows need no login. */
@Configuration(proxyBeanMethods = false)
class RecommendationRoutes {

    private static final DataSize LARGEST_BATCH = DataSize.ofKilobytes(256);

    @Bean
    RouteRules routes() {
        return RouteRules.of(
                Route.post("/api/clickstream").open().maxBody(LARGEST_BATCH),
                Route.get("/api/recommendations").open(),
                Route.get("/api/recommendations/items/{sku}/similar").open());
    }
}
