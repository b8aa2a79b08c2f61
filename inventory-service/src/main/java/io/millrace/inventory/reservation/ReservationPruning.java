package io.millrace.inventory.reservation;

import java.time.Clock;
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

/** Deletes ended reservations past their time. Every instance may do so. */
@Component
class ReservationPruning implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReservationPruning.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 5_000;

    /** Beyond what placings are refused by, so that a clock that is a little off never meets a pruned reservation. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final ReservationTable table;
    private final ReservationProperties properties;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("reservation-pruning").daemon().factory());
    private volatile boolean running;

    ReservationPruning(ReservationTable table, ReservationProperties properties, Clock clock) {
        this.table = table;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        var _ = timer.scheduleWithFixedDelay(this::prune, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
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

    private void prune() {
        try {
            int deleted;
            do {
                deleted = table.prune(
                        clock.instant().minus(properties.keepEnded()).minus(MARGIN), BATCH);
            } while (running && deleted == BATCH);
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().log("ended reservations not deleted, trying again: {}", e.toString());
        }
    }
}
