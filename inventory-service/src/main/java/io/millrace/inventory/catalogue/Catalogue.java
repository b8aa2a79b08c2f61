package io.millrace.inventory.catalogue;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.CatalogueEvent;
import io.millrace.events.inventory.ItemListed;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.messaging.outbox.Outgoing;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which products can be bought. Every change is published in the transaction that makes it; what changes nothing publishes
 * nothing, so that repeating a command is harmless.
 */
@Service
public class Catalogue {

    private final Products products;
    private final ProductTable table;
    private final Outbox outbox;
    private final Clock clock;

    Catalogue(Products products, ProductTable table, Outbox outbox, Clock clock) {
        this.products = products;
        this.table = table;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * What became of listing a product.
     *
     * @param product the product as it is now
     * @param created whether it could not be bought before
     */
    public record Listed(ProductView product, boolean created) {}

    /**
     * Lists a product, or changes what is said of it.
     *
     * @param guard told the present version before anything changes, 0 for a product that was never listed; whatever it
     *     throws leaves everything as it is
     */
    @Transactional
    public Listed list(String sku, Listing listing, LongConsumer guard) {
        table.create(sku);
        Product product = products.lock(sku).orElseThrow();
        guard.accept(product.version());
        boolean created = !product.isListed();
        Instant now = now();
        publish(product.list(listing, now).stream().toList(), now);
        return new Listed(product.view(), created);
    }

    /**
     * Takes a product off the catalogue. Its stock stays.
     *
     * @param guard as for {@link #list}
     * @return false when it was never in the catalogue
     */
    @Transactional
    public boolean delist(String sku, LongConsumer guard) {
        Optional<Product> found = products.lock(sku);
        found.ifPresent(product -> {
            guard.accept(product.version());
            Instant now = now();
            publish(product.delist(now).stream().toList(), now);
        });
        return found.isPresent();
    }

    /** Lists many products in one transaction and one statement. */
    @Transactional
    public void list(Map<String, Listing> listings) {
        Instant now = now();
        List<ItemListed> changed = table.list(listings, now);
        publish(changed, now);
    }

    /** A product that can be bought. */
    @Transactional(readOnly = true)
    public Optional<ProductView> find(String sku) {
        return products.findBySkuAndListedTrue(sku).map(Product::view);
    }

    /**
     * Products that can be bought, in the order of their skus.
     *
     * @param category only those of this category and the ones below it; null for all
     * @param after the sku behind which to go on; empty for the beginning
     */
    @Transactional(readOnly = true)
    public List<ProductView> page(@Nullable String category, String after, int limit) {
        Limit most = Limit.of(limit);
        List<Product> page = category == null
                ? products.page(after, most)
                // "0" is the character after "/"
                : products.page(category, category + "/", category + "0", after, most);
        return page.stream().map(Product::view).toList();
    }

    /** Those of the products that are or were in the catalogue. */
    @Transactional(readOnly = true)
    public Set<String> known(Collection<String> skus) {
        return table.known(skus);
    }

    private void publish(List<? extends CatalogueEvent> events, Instant now) {
        outbox.append(
                events.stream().<Outgoing<?>>map(event -> outgoing(event, now)).toList());
    }

    static Outgoing<?> outgoing(CatalogueEvent event, Instant time) {
        return new Outgoing<>(
                Topics.CATALOGUE_ITEMS, event.sku(), event.sku(), event.version(), event, time, event.sku(), null);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
