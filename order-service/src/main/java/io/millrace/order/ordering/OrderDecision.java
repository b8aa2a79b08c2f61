package io.millrace.order.ordering;

import io.millrace.events.order.OrderEvent;
import io.millrace.events.order.TransactionEvent;
import java.util.List;

/**
 * What follows from a command: the order's next state and what is to be done about it, both in one transaction.
 *
 * @param state the next state; equal to the present one where nothing follows
 * @param cause why, in a word for the order's history
 * @param effects what is to be done, in this order
 */
record OrderDecision(OrderState state, String cause, List<Effect> effects) {

    /** What is to be done. */
    sealed interface Effect {}

    /** The event is to be published. */
    record Announce(OrderEvent event) implements Effect {}

    /** The event about the order's money is to be published. */
    record AnnounceMoney(TransactionEvent event) implements Effect {}

    /** The total is to be authorised at the provider. */
    record Authorise() implements Effect {}

    /** Whatever was or may yet be authorised is to be given back. */
    record GiveBack() implements Effect {}

    static OrderDecision of(OrderState state, String cause, Effect... effects) {
        return new OrderDecision(state, cause, List.of(effects));
    }
}
