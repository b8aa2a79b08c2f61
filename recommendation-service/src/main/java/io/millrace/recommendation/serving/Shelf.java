package io.millrace.recommendation.serving;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be bought now: listed, and in stock by the newest that is known of either. What comes with a version that is not
 * newer is ignored. One thread writes, any may read.
 *
 * <p>Only what is listed takes the place of other products. Of products that are not, whether they were delisted or nothing but
 * their stock is known, a quarter as many are remembered; the one longest so is forgotten.
 */
final class Shelf {

    private final int most;
    private final Map<String, Listing> listings = new ConcurrentHashMap<>();
    private final Map<String, Stock> stocks = new ConcurrentHashMap<>();

    /** Products that are not listed and of which something is known, the longest so first; of the writing thread. */
    private final Set<String> unlisted = new LinkedHashSet<>();

    private final int mostUnlisted;
    private final Consumer<String> forgotten;
    private int listed;

    /**
     * An empty one.
     *
     * @param most products that may be listed
     * @param forgotten is told of each product that is forgotten
     */
    Shelf(int most, Consumer<String> forgotten) {
        this.most = most;
        this.mostUnlisted = mostUnlisted(most);
        this.forgotten = forgotten;
    }

    /** How many products that are not listed are remembered beside so many that are. */
    static int mostUnlisted(int most) {
        return Math.max(1, most / 4);
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
        if (before != null && before.version() >= listing.version()) {
            return Update.OUTDATED;
        }
        boolean was = before != null && before.product() != null;
        boolean is = listing.product() != null;
        if (is && !was && listed >= most) {
            return Update.NO_ROOM;
        }
        listings.put(sku, listing);
        if (is && !was) {
            listed++;
            unlisted.remove(sku);
        } else if (was && !is) {
            listed--;
        }
        if (!is) {
            isUnlisted(sku);
        }
        return Update.APPLIED;
    }

    /** So many units of a product can be sold. */
    Update stock(String sku, long version, long available) {
        Stock before = stocks.get(sku);
        if (before != null && before.version() >= version) {
            return Update.OUTDATED;
        }
        stocks.put(sku, new Stock(version, available));
        if (listed(sku).isEmpty()) {
            isUnlisted(sku);
        }
        return Update.APPLIED;
    }

    private void isUnlisted(String sku) {
        unlisted.add(sku);
        if (unlisted.size() > mostUnlisted) {
            String eldest = unlisted.iterator().next();
            unlisted.remove(eldest);
            listings.remove(eldest);
            stocks.remove(eldest);
            forgotten.accept(eldest);
        }
    }

    /** Whether the product is listed, or was and is remembered. */
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
