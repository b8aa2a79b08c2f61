package io.millrace.recommendation.serving;

import io.millrace.recommendation.serving.Shelf.Update;
import io.millrace.recommendation.sessions.VisitorKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.springframework.stereotype.Service;

/**
 * Everything recommendations are made of, in memory and bounded: products and their stock, what goes with what, what is
 * popular, and what visitors looked at last. One thread feeds it from the topics, any number ask.
 */
@Service
public class RecommendationIndex {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Shelf shelf;
    private final ItemPairs pairs;
    private final Trending trending;
    private final RecentVisits recent;
    private final Recommender recommender;
    private final ServingMeters meters;
    private volatile Ranking ranking = Ranking.EMPTY;
    private volatile boolean loaded;
    private boolean outOfOrder;

    RecommendationIndex(ServingProperties properties, ServingMeters meters) {
        int most = properties.products() + Shelf.mostUnlisted(properties.products());
        this.shelf = new Shelf(properties.products(), this::forget);
        this.pairs = new ItemPairs(properties.pairHalfLife(), most, properties.neighbours());
        this.trending = new Trending(properties.trendHalfLife(), most);
        this.recent = new RecentVisits(properties.visitors());
        this.recommender = new Recommender(shelf, pairs, properties.minimumSessions());
        this.meters = meters;
        meters.sizes(shelf::size, this::pairedProducts, this::knownVisitors);
    }

    /** A product is listed, or described anew. */
    public void list(Product product) {
        note(shelf.list(product));
    }

    /** A product is no longer to be bought. */
    public void delist(String sku, long version) {
        note(shelf.delist(sku, version));
    }

    /** So many units of a product can be sold. */
    public void stock(String sku, long version, long available) {
        meters.updated(shelf.stock(sku, version, available));
    }

    /** Nothing is kept of a product that has been delisted for longest of too many. */
    private void forget(String sku) {
        lock.writeLock().lock();
        try {
            pairs.forget(sku);
        } finally {
            lock.writeLock().unlock();
        }
        trending.forget(sku);
    }

    private void note(Update update) {
        meters.updated(update);
        outOfOrder |= update == Update.APPLIED;
    }

    /**
     * A session came to a product. Products that were never listed are left out: anybody can invent them.
     *
     * @param earlier the session's other products, newest first
     */
    public void arrived(String sessionId, String sku, List<String> earlier, Instant at) {
        if (!shelf.knows(sku)) {
            meters.unknownProduct();
            return;
        }
        List<String> known = earlier.stream().filter(shelf::knows).toList();
        lock.writeLock().lock();
        try {
            pairs.arrived(sku, known, at);
            recent.arrived(sessionId, sku, known, at);
        } finally {
            lock.writeLock().unlock();
        }
        trending.arrived(sku, at);
        outOfOrder = true;
        meters.arrived();
    }

    /** Puts what is popular in order, if anything has changed; called by the thread that feeds. */
    public void rank() {
        if (outOfOrder) {
            outOfOrder = false;
            ranking = trending.rank(shelf.products());
        }
    }

    /** Everything that was there at the start has been read. */
    public void loaded() {
        rank();
        loaded = true;
    }

    /** Whether everything that was there at the start has been read; until then answers are marked as degraded. */
    public boolean isLoaded() {
        return loaded;
    }

    /** What a visitor may like next. */
    public Recommendation forVisitor(String visitorId, Set<String> excluded, int limit) {
        VisitorKey visitor = VisitorKey.of(visitorId);
        return meters.timed(() -> recommend(visitor, excluded, limit), limit);
    }

    /** What goes with a product. */
    public Recommendation similarTo(String sku, Set<String> excluded, int limit) {
        return meters.timed(() -> recommend(List.of(sku), excluded, limit), limit);
    }

    private Recommendation recommend(VisitorKey visitor, Set<String> excluded, int limit) {
        List<String> seeds;
        lock.readLock().lock();
        try {
            seeds = recent.of(visitor);
        } finally {
            lock.readLock().unlock();
        }
        return recommend(seeds, excluded, limit);
    }

    private Recommendation recommend(List<String> seeds, Set<String> excluded, int limit) {
        lock.readLock().lock();
        try {
            return Recommendation.of(recommender.recommend(seeds, excluded, limit, ranking), !loaded);
        } finally {
            lock.readLock().unlock();
        }
    }

    private int pairedProducts() {
        lock.readLock().lock();
        try {
            return pairs.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    private int knownVisitors() {
        lock.readLock().lock();
        try {
            return recent.size();
        } finally {
            lock.readLock().unlock();
        }
    }
}
