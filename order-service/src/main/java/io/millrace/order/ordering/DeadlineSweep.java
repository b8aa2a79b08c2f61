package io.millrace.order.ordering;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
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
 * Ends orders whose deadline is over, and deletes idempotency keys past their time. Every instance may do so: an order that
 * another has ended meanwhile is left as it is.
 */
@Component
class DeadlineSweep implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeadlineSweep.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PRUNE_EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 500;
    private static final int PRUNE_BATCH = 5_000;

    private final OrderTable orders;
    private final OrderAnswers answers;
    private final IdempotencyTable keys;
    private final OrderProperties properties;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("deadline-sweep").daemon().factory());
    private volatile boolean running;

    DeadlineSweep(
            OrderTable orders, OrderAnswers answers, IdempotencyTable keys, OrderProperties properties, Clock clock) {
        this.orders = orders;
        this.answers = answers;
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        var _ = timer.scheduleWithFixedDelay(this::sweep, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
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

    private void sweep() {
        try {
            List<UUID> overdue;
            do {
                overdue = orders.overdue(clock.instant(), BATCH);
                if (!overdue.isEmpty()) {
                    answers.apply(overdue.stream()
                            .map(id -> new OrderAnswers.Answer(new OrderCommand.PassDeadline(id), null))
                            .toList());
                    log.atInfo().addKeyValue("orders", overdue.size()).log("orders ended by their deadline");
                }
            } while (running && overdue.size() == BATCH);
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().log("overdue orders not ended, trying again: {}", e.toString());
        }
    }

    private void prune() {
        try {
            int deleted;
            do {
                deleted = keys.prune(clock.instant().minus(properties.idempotencyFor()), PRUNE_BATCH);
            } while (running && deleted == PRUNE_BATCH);
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().log("old idempotency keys not deleted, trying again: {}", e.toString());
        }
    }
}
