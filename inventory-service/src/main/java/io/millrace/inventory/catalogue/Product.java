package io.millrace.inventory.catalogue;

import io.millrace.events.Money;
import io.millrace.events.inventory.CatalogueEvent;
import io.millrace.events.inventory.ItemDelisted;
import io.millrace.events.inventory.ItemListed;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A product of the catalogue. It is changed under a row lock, and its version counts its changes: it is the sequence of the
 * events that tell of them, hence not JPA's. Saying again what the catalogue says already changes nothing.
 */
@Entity
@Table(name = "products")
class Product {

    @Id
    private String sku;

    private long version;
    private boolean listed;
    private String name;
    private long priceMinor;
    private String currency;
    private @Nullable String category;
    private Instant updatedAt;

    /** For JPA, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Product() {}

    String sku() {
        return sku;
    }

    long version() {
        return version;
    }

    boolean isListed() {
        return listed;
    }

    /** Lists the product under these words; the event, or empty when it is so already. */
    Optional<CatalogueEvent> list(Listing listing, Instant now) {
        if (listed && listing.equals(listing())) {
            return Optional.empty();
        }
        listed = true;
        name = listing.name();
        priceMinor = listing.price().minorUnits();
        currency = listing.price().currency();
        category = listing.category();
        change(now);
        return Optional.of(event());
    }

    /** Takes the product off the catalogue; the event, or empty when it is off already. */
    Optional<CatalogueEvent> delist(Instant now) {
        if (!listed) {
            return Optional.empty();
        }
        listed = false;
        change(now);
        return Optional.of(event());
    }

    /** The product's present state, as its last event told it. */
    CatalogueEvent event() {
        return listed ? new ItemListed(sku, version, name, price(), category) : new ItemDelisted(sku, version);
    }

    Instant updatedAt() {
        return updatedAt;
    }

    ProductView view() {
        return new ProductView(sku, name, price(), category, version);
    }

    private void change(Instant now) {
        version++;
        updatedAt = now;
    }

    private Listing listing() {
        return new Listing(name, price(), category);
    }

    private Money price() {
        return new Money(priceMinor, currency);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Product that && Objects.equals(sku, that.sku);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(sku);
    }
}
