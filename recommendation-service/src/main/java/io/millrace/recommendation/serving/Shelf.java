package io.millrace.recommendation.serving;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be bought now: listed, and in stock by the newest that is known of either. What comes with a version that is not
 * newer is ignored. One thread writes, any may read.
 */
final class Shelf {

    private final int most;
    private final Map<String, Listing> listings = new ConcurrentHashMap<>();
    private final Map<String, Stock> stocks = new ConcurrentHashMap<>();

    Shelf(int most) {
        this.most = most;
    }

    private record Listing(long version, @Nullable Product product) {}

    private record Stock(long version, long available) {}

    /** What came of something that was said of a product. */
    enum Update {
        /** It holds from now on. */
        APPLIED,
        /** Something newer is known. */
        OUTDATED,
        /** There are too many products. */
        NO_ROOM
    }

    /** A product is listed, or described anew. */
    Update list(Product product) {
        Listing before = listings.get(product.sku());
        Product described = before == null || before.product() == null
                ? product
                : product.listedSince(before.product().listedAt());
        return put(product.sku(), before, new Listing(product.version(), described));
    }

    /** A product is no longer to be bought. */
    Update delist(String sku, long version) {
        return put(sku, listings.get(sku), new Listing(version, null));
    }

    private Update put(String sku, @Nullable Listing before, Listing listing) {
        if (before == null && listings.size() >= most) {
            return Update.NO_ROOM;
        }
        if (before != null && before.version() >= listing.version()) {
            return Update.OUTDATED;
        }
        listings.put(sku, listing);
        return Update.APPLIED;
    }

    /** So many units of a product can be sold. */
    Update stock(String sku, long version, long available) {
        Stock before = stocks.get(sku);
        if (before == null && stocks.size() >= most) {
            return Update.NO_ROOM;
        }
        if (before != null && before.version() >= version) {
            return Update.OUTDATED;
        }
        stocks.put(sku, new Stock(version, available));
        return Update.APPLIED;
    }

    /** Whether the product is or was listed. */
    boolean knows(String sku) {
        return listings.containsKey(sku);
    }

    /** The product, if it is listed. */
    Optional<Product> listed(String sku) {
        Listing listing = listings.get(sku);
        return listing == null ? Optional.empty() : Optional.ofNullable(listing.product());
    }

    /** The product, if it can be bought now; one of whose stock nothing is known can't. */
    Optional<Product> buyable(String sku) {
        Stock stock = stocks.get(sku);
        return stock == null || stock.available() <= 0 ? Optional.empty() : listed(sku);
    }

    /** Every listed product. */
    Collection<Product> products() {
        List<Product> all = new ArrayList<>(listings.size());
        for (Listing listing : listings.values()) {
            if (listing.product() != null) {
                all.add(listing.product());
            }
        }
        return all;
    }

    int size() {
        return listings.size();
    }
}
