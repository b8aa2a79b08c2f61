package io.millrace.monitoring.ingest;

import io.millrace.monitoring.FreshStore;
import io.millrace.monitoring.orders.OrderCounts;
import io.millrace.monitoring.store.Partitions;
import io.millrace.monitoring.store.StoreProperties;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;

/** All that storing takes. */
public final class IngestionParts {

    private IngestionParts() {}

    /** On a database of its own, and other components beside it. */
    public static FreshStore on(Clock clock, StoreProperties properties, Class<?>... others) {
        Class<?>[] parts = {
            Partitions.class,
            OrderCounts.class,
            Positions.class,
            Sightings.class,
            IngestMeters.class,
            IngestWriter.class
        };
        Class<?>[] all = Stream.of(parts, others).flatMap(Arrays::stream).toArray(Class<?>[]::new);
        return FreshStore.with(clock, properties, all);
    }
}
