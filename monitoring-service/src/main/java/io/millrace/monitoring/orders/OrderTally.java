package io.millrace.monitoring.orders;

import io.millrace.monitoring.orders.OrderFact.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Counts a batch of facts. A step an order has taken before is a repetition and counts nothing, wherever it stands: the
 * outbox may publish an event twice, at two offsets.
 */
final class OrderTally {

    /** Orders by outcome. */
    static final String OUTCOME = "outcome";

    /** Rejected orders by reason. */
    static final String REJECTION = "rejection";

    /** Confirmed orders by how long it took. */
    static final String CONFIRMED_WITHIN = "confirmed-within";

    private final Map<UUID, OrderProgress> known;
    private final Map<UUID, OrderProgress> changed = new HashMap<>();
    private final Map<Cell, Long> counts = new HashMap<>();

    /** Begins with what is known of the orders in the batch; absent ones are new. */
    OrderTally(Map<UUID, OrderProgress> known) {
        this.known = Map.copyOf(known);
    }

    /** What is counted: a minute, a measure, and a label of it. */
    record Cell(Instant minute, String measure, String label) {}

    void add(OrderFact fact) {
        OrderProgress before = Objects.requireNonNullElseGet(
                changed.get(fact.orderId()),
                () -> known.getOrDefault(fact.orderId(), OrderProgress.none(fact.orderId())));
        if (before.when(fact.step()).isPresent()) {
            return;
        }
        changed.put(fact.orderId(), before.with(fact.step(), fact.at()));
        count(fact.at(), OUTCOME, fact.step().name().toLowerCase(Locale.ROOT));
        if (fact.reason() != null) {
            count(fact.at(), REJECTION, fact.reason());
        }
        if (fact.step() == Step.CONFIRMED) {
            before.when(Step.PLACED)
                    .map(placed -> Duration.between(placed, fact.at()))
                    .ifPresent(took -> count(fact.at(), CONFIRMED_WITHIN, Integer.toString(Buckets.of(took))));
        }
    }

    /** The orders that have taken a step. */
    Collection<OrderProgress> changed() {
        return changed.values();
    }

    /** What is to be added to the counts. */
    Map<Cell, Long> counts() {
        return counts;
    }

    private void count(Instant at, String measure, String label) {
        counts.merge(new Cell(at.truncatedTo(ChronoUnit.MINUTES), measure, label), 1L, Long::sum);
    }
}
