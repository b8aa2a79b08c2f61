package io.millrace.inventory;

import io.millrace.events.catalogue.Topics;
import io.millrace.inventory.catalogue.CatalogueProperties;
import io.millrace.messaging.topics.PublishedTopics;
import io.millrace.web.route.Route;
import io.millrace.web.route.RouteRules;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** What the service offers: its routes with who may call them, and the topics it writes. */
@Configuration(proxyBeanMethods = false)
class InventoryRoutes {

    /** Room for the most receipts of one request, about 120 bytes each. */
    private static final DataSize RECEIPTS = DataSize.ofKilobytes(256);

    @Bean
    RouteRules routes(CatalogueProperties catalogue) {
        return RouteRules.of(
                Route.post("/api/products/import").scopes("catalogue:write").maxBody(catalogue.importMaxBody()),
                Route.get("/api/products").open(),
                Route.get("/api/products/{sku}").open(),
                Route.put("/api/products/{sku}").scopes("catalogue:write"),
                Route.delete("/api/products/{sku}").scopes("catalogue:write"),
                Route.post("/api/inventory/receipts").scopes("stock:feed").maxBody(RECEIPTS),
                Route.get("/api/inventory/{sku}").open(),
                Route.get("/api/inventory/{sku}/levels").scopes("stock:feed", "ops:read"));
    }

    @Bean
    PublishedTopics publishedTopics() {
        return new PublishedTopics(List.of(Topics.CATALOGUE_ITEMS, Topics.RESERVATIONS, Topics.AVAILABILITY));
    }
}
