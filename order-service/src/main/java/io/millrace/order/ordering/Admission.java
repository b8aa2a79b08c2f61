package io.millrace.order.ordering;

import io.millrace.messaging.outbox.Outbox;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Whether new orders are taken: not while more are undecided than the platform decides in a few seconds, nor while the
 * outbox is full. Without it a burst would be accepted whole and expire whole. While the brokers are away nothing can be
 * decided, and only the outbox's bound counts.
 *
 * <p>The figures are read a few times a second, so the bound may be passed by what arrives in between.
 */
final class Admission {

    private static final Logger log = LoggerFactory.getLogger(Admission.class);
    private static final Duration EVERY = Duration.ofMillis(250);

    private final OrderTable orders;
    private final Outbox outbox;
    private final int maxUndecided;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("admission").daemon().factory());
    private volatile boolean crowded;

    Admission(OrderTable orders, Outbox outbox, OrderProperties properties) {
        this.orders = orders;
        this.outbox = outbox;
        this.maxUndecided = properties.maxUndecided();
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    boolean isOpen() {
        return !outbox.isFull() && (!crowded || outbox.isStalled());
    }

    private void look() {
        try {
            crowded = orders.undecided(maxUndecided) >= maxUndecided;
        } catch (DataAccessException | TransactionException e) {
            // The last figure stands: while the database is away nothing can be placed anyway.
            log.debug("undecided orders not counted", e);
        }
    }
}
