package io.millrace.order.catalogue.messaging;

import io.millrace.events.Event;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.ItemDelisted;
import io.millrace.events.inventory.ItemListed;
import io.millrace.messaging.Message;
import io.millrace.messaging.consumer.BatchSubscription;
import io.millrace.messaging.consumer.RefusedException;
import io.millrace.order.catalogue.CatalogueEntry;
import io.millrace.order.catalogue.Price;
import io.millrace.order.catalogue.Prices;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps this service's prices up to date with the catalogue. */
@Configuration(proxyBeanMethods = false)
class CatalogueSubscription {

    static final String GROUP = "order-service.catalogue";

    @Bean
    BatchSubscription catalogue(Prices prices) {
        return new BatchSubscription(
                GROUP,
                List.of(Topics.CATALOGUE_ITEMS),
                messages -> prices.merge(
                        messages.stream().map(CatalogueSubscription::entry).toList()));
    }

    private static CatalogueEntry entry(Message<?> message) {
        return switch (message.event()) {
            case ItemListed item ->
                new CatalogueEntry(item.sku(), item.version(), new Price(item.sku(), item.name(), item.price()));
            case ItemDelisted item -> new CatalogueEntry(item.sku(), item.version(), null);
            case Event other -> throw new RefusedException("unexpected " + other.getClass());
        };
    }
}
