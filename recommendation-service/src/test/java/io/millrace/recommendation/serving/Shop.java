package io.millrace.recommendation.serving;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.events.Money;
import io.millrace.recommendation.sessions.VisitorKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An index and what is told to it, for tests. */
final class Shop {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RecommendationIndex index;
    private int sessions;
    private int listed;

    Shop() {
        this(properties(1));
    }

    Shop(ServingProperties properties) {
        index = new RecommendationIndex(properties, new ServingMeters(meters));
    }

    static ServingProperties properties(int minimumSessions) {
        return new ServingProperties(
                1_000,
                16,
                1_000,
                Duration.ofDays(14),
                Duration.ofHours(6),
                minimumSessions,
                Duration.ofSeconds(1),
                10_000,
                Duration.ofSeconds(60));
    }

    static Product product(String sku, long version, @Nullable String category, Instant listedAt) {
        return new Product(sku, version, "The " + sku, new Money(1_000, "GBP"), category, listedAt);
    }

    /** Lists products of a category, one in stock of each, the last the newest. */
    Shop sells(String category, String... skus) {
        for (String sku : skus) {
            index.list(product(sku, 1, category, NOON.plusSeconds(listed++)));
            index.stock(sku, 1, 1);
        }
        index.rank();
        return this;
    }

    /** A new visitor looks at products, one after the other. */
    Shop visited(String visitor, Instant at, String... skus) {
        String session = VisitorKey.of(visitor).text() + "-" + sessions++;
        List<String> earlier = new ArrayList<>();
        for (String sku : skus) {
            index.arrived(session, sku, List.copyOf(earlier), at);
            earlier.addFirst(sku);
        }
        index.rank();
        return this;
    }

    List<String> similar(String sku, int limit) {
        return skus(index.similarTo(sku, Set.of(), limit));
    }

    static List<String> skus(Recommendation recommendation) {
        return recommendation.items().stream().map(item -> item.product().sku()).toList();
    }
}
