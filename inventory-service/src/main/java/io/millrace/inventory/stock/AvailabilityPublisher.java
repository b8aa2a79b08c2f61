package io.millrace.inventory.stock;

import io.millrace.messaging.outbox.Outbox;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Looks for changed availability and has it published, at a steady pace: a product that every batch of orders touches costs
 * four events a second, not one for each batch. When this instance has changed nothing it looks once in a while for what
 * another, perhaps dead by now, has left.
 */
@Component
class AvailabilityPublisher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AvailabilityPublisher.class);
    private static final Duration LEFTOVERS_EVERY = Duration.ofMillis(500);

    private final AvailabilityPublication publication;
    private final AvailabilityChanges changes;
    private final Outbox outbox;
    private final StockProperties properties;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("availability-publisher").daemon().factory());
    private volatile boolean running;
    private long lastLookNanos;

    AvailabilityPublisher(
            AvailabilityPublication publication,
            AvailabilityChanges changes,
            Outbox outbox,
            StockProperties properties) {
        this.publication = publication;
        this.changes = changes;
        this.outbox = outbox;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        long pace = properties.publishEvery().toMillis();
        var _ = timer.scheduleWithFixedDelay(this::look, 0, pace, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void look() {
        boolean due = System.nanoTime() - lastLookNanos > LEFTOVERS_EVERY.toNanos();
        if (outbox.isFull() || !(changes.lower() || due)) {
            return;
        }
        lastLookNanos = System.nanoTime();
        try {
            int published;
            do {
                published = publication.publish(properties.publishBatch());
            } while (running && published == properties.publishBatch());
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().log("availability not published, trying again: {}", e.toString());
        } catch (RuntimeException e) {
            // Whatever it was: the timer would never call again, and what can be sold would go stale for good.
            log.error("availability not published, trying again", e);
        }
    }
}
