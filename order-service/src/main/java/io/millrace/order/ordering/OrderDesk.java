package io.millrace.order.ordering;

import io.millrace.messaging.outbox.Outbox;
import io.millrace.order.groupcommit.GroupCommit;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** Where orders are placed: concurrent requests share transactions, and equal ones share an outcome. */
@Service
public class OrderDesk implements SmartLifecycle {

    private final GroupCommit<NewOrder, PlacingOutcome> placing;
    private final ConcurrentMap<UUID, InFlight> inFlight = new ConcurrentHashMap<>();
    private final Admission admission;
    private final OrderProperties properties;

    OrderDesk(OrderPlacing placing, OrderTable orders, Outbox outbox, OrderProperties properties) {
        this.placing = new GroupCommit<>(
                "order-placing",
                properties.writers(),
                properties.placingBatch(),
                properties.placingQueue(),
                placing::place);
        this.admission = new Admission(orders, outbox, properties);
        this.properties = properties;
    }

    private record InFlight(UUID requestHash, CompletableFuture<PlacingOutcome> outcome) {}

    /** Whether new orders are taken at the moment, to be asked before a request is read. */
    public boolean isOpen() {
        return admission.isOpen();
    }

    /** How long a request should wait for its outcome. */
    public Duration patience() {
        return properties.placingPatience();
    }

    /**
     * Places an order.
     *
     * @return what came of it, complete when the transaction has committed. A request with the key of one that is under
     *     way shares its outcome, or is told that the key is in use when it asks for something else. When it completes
     *     with an exception, nothing was placed, or its outcome is unknown: asking again with the same key is safe
     */
    public CompletableFuture<PlacingOutcome> place(NewOrder order) {
        InFlight mine = new InFlight(order.requestHash(), new CompletableFuture<>());
        InFlight first = inFlight.putIfAbsent(order.idempotencyKey(), mine);
        if (first != null) {
            return first.requestHash.equals(order.requestHash())
                    ? first.outcome
                    : CompletableFuture.completedFuture(new PlacingOutcome.KeyReused());
        }
        var _ = placing.submit(order).whenComplete((outcome, failure) -> {
            inFlight.remove(order.idempotencyKey(), mine);
            if (failure != null) {
                mine.outcome.completeExceptionally(failure);
            } else {
                mine.outcome.complete(outcome);
            }
        });
        return mine.outcome;
    }

    @Override
    public void start() {
        placing.start();
        admission.start();
    }

    @Override
    public void stop() {
        admission.stop();
        placing.stop();
    }

    @Override
    public boolean isRunning() {
        return placing.isRunning();
    }

    @Override
    public int getPhase() {
        return placing.getPhase();
    }
}
