package io.millrace.inventory.catalogue;

import io.millrace.inventory.republication.RepublishedState;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.messaging.outbox.Outgoing;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Publishes the catalogue again: each product's last event, with the version and sequence it had. The products are locked
 * meanwhile, so that no newer event can get ahead of it: compaction would then keep the older one.
 */
@Component
class CatalogueRepublication implements RepublishedState {

    private final Products products;
    private final Outbox outbox;

    CatalogueRepublication(Products products, Outbox outbox) {
        this.products = products;
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return "catalogue";
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<String> republish(String after, int limit) {
        List<Product> page = products.lockPage(after, Limit.of(limit));
        outbox.append(page.stream()
                .<Outgoing<?>>map(product -> Catalogue.outgoing(product.event(), product.updatedAt()))
                .toList());
        return page.size() < limit
                ? Optional.empty()
                : Optional.of(page.getLast().sku());
    }
}
