package io.millrace.order.ordering;

import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.messaging.outbox.Outgoing;
import io.millrace.order.payment.PaymentAttempts;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells a batch of orders what others have answered: locks them with one statement, decides in memory, writes what changed
 * with one statement for each table. Joins the caller's transaction.
 */
@Service
public class OrderAnswers {

    private final OrderTable orders;
    private final PaymentAttempts payments;
    private final Outbox outbox;
    private final OrderDecider decider;
    private final Clock clock;

    OrderAnswers(OrderTable orders, PaymentAttempts payments, Outbox outbox, OrderDeadlines deadlines, Clock clock) {
        this.orders = orders;
        this.payments = payments;
        this.outbox = outbox;
        this.decider = new OrderDecider(deadlines);
        this.clock = clock;
    }

    /**
     * What is told, and which event led to it.
     *
     * @param command what is told
     * @param causationId the event's id; null where none did
     */
    public record Answer(OrderCommand command, @Nullable UUID causationId) {}

    /**
     * Applies answers in their order.
     *
     * @throws UnknownOrderException when an order does not exist
     */
    @Transactional
    public void apply(List<Answer> answers) {
        Set<UUID> ids = new LinkedHashSet<>();
        answers.forEach(answer -> ids.add(answer.command().orderId()));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<UUID, Course> courses = new LinkedHashMap<>();
        orders.lock(ids).forEach(row -> courses.put(row.state().id(), new Course(row)));
        Batch batch = new Batch();
        for (Answer answer : answers) {
            Course course = courses.get(answer.command().orderId());
            if (course == null) {
                throw new UnknownOrderException(answer.command().orderId());
            }
            course.apply(decider.decide(course.state, answer.command(), now), answer.causationId(), now, batch);
        }
        List<OrderTable.Changed> changed = courses.values().stream()
                .filter(Course::hasChanged)
                .map(Course::changed)
                .toList();
        if (!changed.isEmpty()) {
            orders.update(changed);
        }
        payments.authorise(batch.toAuthorise, now);
        payments.giveBack(batch.toGiveBack, now);
        outbox.append(batch.events);
    }

    /** What a whole batch leads to. */
    private static final class Batch {
        private final List<Outgoing<?>> events = new ArrayList<>();
        private final List<PaymentAttempts.Wanted> toAuthorise = new ArrayList<>();
        private final List<UUID> toGiveBack = new ArrayList<>();
    }

    /** One order's way through the batch. */
    private static final class Course {
        private final OrderTable.Locked before;
        private final List<Transition> transitions = new ArrayList<>(2);
        private OrderState state;
        private long orderSequence;
        private long transactionSequence;

        Course(OrderTable.Locked before) {
            this.before = before;
            this.state = before.state();
            this.orderSequence = before.orderSequence();
            this.transactionSequence = before.transactionSequence();
        }

        void apply(OrderDecision decision, @Nullable UUID causationId, Instant now, Batch batch) {
            OrderState next = decision.state();
            if (next.status() != state.status()) {
                transitions.add(new Transition(state.status(), next.status(), now, decision.cause()));
            }
            state = next;
            for (OrderDecision.Effect effect : decision.effects()) {
                switch (effect) {
                    case OrderDecision.Announce announce ->
                        batch.events.add(new Outgoing<>(
                                Topics.ORDER_EVENTS,
                                id(),
                                id(),
                                ++orderSequence,
                                announce.event(),
                                now,
                                id(),
                                causationId));
                    case OrderDecision.AnnounceMoney announce ->
                        batch.events.add(new Outgoing<>(
                                Topics.TRANSACTION_EVENTS,
                                before.customerId(),
                                id(),
                                ++transactionSequence,
                                announce.event(),
                                now,
                                id(),
                                causationId));
                    case OrderDecision.Authorise _ ->
                        batch.toAuthorise.add(new PaymentAttempts.Wanted(state.id(), state.total()));
                    case OrderDecision.GiveBack _ -> batch.toGiveBack.add(state.id());
                }
            }
        }

        boolean hasChanged() {
            return !state.equals(before.state())
                    || orderSequence != before.orderSequence()
                    || transactionSequence != before.transactionSequence();
        }

        OrderTable.Changed changed() {
            return new OrderTable.Changed(state, orderSequence, transactionSequence, transitions);
        }

        private String id() {
            return state.id().toString();
        }
    }
}
