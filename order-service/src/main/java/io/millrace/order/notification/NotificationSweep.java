package io.millrace.order.notification;

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

/** Reads how many mails wait, and deletes settled ones past their time. Every instance may do so. */
@Component
class NotificationSweep implements SmartLifecycle {

    /** Beyond this many the number of waiting mails is not counted further. */
    static final int COUNTED = 100_000;

    private static final Logger log = LoggerFactory.getLogger(NotificationSweep.class);
    private static final Duration READ_EVERY = Duration.ofSeconds(5);
    private static final Duration PRUNE_EVERY = Duration.ofMinutes(10);
    private static final int PRUNE_BATCH = 5_000;

    private final NotificationTable table;
    private final NotificationMeters meters;
    private final NotificationProperties properties;
    private ScheduledExecutorService timer = timer();
    private volatile boolean running;

    NotificationSweep(NotificationTable table, NotificationMeters meters, NotificationProperties properties) {
        this.table = table;
        this.meters = meters;
        this.properties = properties;
    }

    private static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("notification-sweep").daemon().factory());
    }

    @Override
    public void start() {
        running = true;
        if (timer.isShutdown()) {
            timer = timer();
        }
        var _ = timer.scheduleWithFixedDelay(this::read, 0, READ_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        var _ = timer.scheduleWithFixedDelay(this::prune, 0, PRUNE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
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

    private void read() {
        try {
            meters.read(table.backlog(COUNTED));
        } catch (DataAccessException | TransactionException e) {
            // The last figure stands: while the database is away nothing is owed or sent anyway.
            log.debug("waiting mails not counted", e);
        }
    }

    private void prune() {
        try {
            int deleted;
            do {
                deleted = table.prune(properties.keepFor(), PRUNE_BATCH);
            } while (running && deleted == PRUNE_BATCH);
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().log("old mails not deleted, trying again: {}", e.toString());
        }
    }
}
