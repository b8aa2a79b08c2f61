package io.millrace.monitoring.ingest;

import io.millrace.monitoring.orders.OrderCounts;
import io.millrace.monitoring.store.Partitions;
import io.millrace.monitoring.store.StoreProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Keeps the store within its time and space: every ten minutes, by every instance. */
@Component
class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    /** Longer than any order takes: 24 h on hold are the most. */
    private static final Duration PROGRESS = Duration.ofDays(3);

    private static final Duration SIGHTINGS = Duration.ofDays(1);

    private final Partitions partitions;
    private final OrderCounts orders;
    private final Sightings sightings;
    private final StoreProperties properties;
    private final Clock clock;

    Upkeep(Partitions partitions, OrderCounts orders, Sightings sightings, StoreProperties properties, Clock clock) {
        this.partitions = partitions;
        this.orders = orders;
        this.sightings = sightings;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void run() {
        Instant now = clock.instant();
        try {
            partitions.maintain();
            orders.forget(now.minus(PROGRESS), now.minus(properties.keepEvents()));
            sightings.forget(now.minus(SIGHTINGS));
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().log("the store was not looked after, it is tried again in ten minutes: {}", e.toString());
        }
    }
}
