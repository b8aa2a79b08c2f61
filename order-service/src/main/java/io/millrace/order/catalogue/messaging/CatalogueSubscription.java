package io.millrace.order.catalogue.messaging;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.CatalogueEvent;
import io.millrace.messaging.Message;
import io.millrace.messaging.consumer.BatchSubscription;
import io.millrace.order.catalogue.Prices;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps this service's prices up to date with the catalogue. */
@Configuration(proxyBeanMethods = false)
class CatalogueSubscription {

    static final String GROUP = "order-service.catalogue";

    @Bean
    BatchSubscription catalogue(Prices prices) {
        return new BatchSubscription(GROUP, List.of(Topics.CATALOGUE_ITEMS), messages -> {
            List<CatalogueEvent> entries = new ArrayList<>(messages.size());
            for (Message<?> message : messages) {
                if (message.event() instanceof CatalogueEvent entry) {
                    entries.add(entry);
                }
            }
            prices.merge(entries);
        });
    }
}
