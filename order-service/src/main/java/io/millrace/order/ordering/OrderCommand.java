package io.millrace.order.ordering;

import java.util.UUID;

/** What can be told to an order after it was placed. Each may come twice, late, or in any order with the others. */
public sealed interface OrderCommand {

    /** The order it is told to. */
    UUID orderId();

    /** Inventory holds every line. */
    record RecordReserved(UUID orderId) implements OrderCommand {}

    /** Inventory holds nothing, as something falls short. */
    record RecordShortage(UUID orderId) implements OrderCommand {}

    /** Scoring has nothing against the transaction. */
    record RecordApproved(UUID orderId) implements OrderCommand {}

    /** Scoring wants a person to decide. */
    record RecordHeld(UUID orderId) implements OrderCommand {}

    /** Scoring blocked the transaction. */
    record RecordBlocked(UUID orderId) implements OrderCommand {}

    /** An analyst decided. */
    record RecordReview(UUID orderId, boolean approved) implements OrderCommand {}

    /** The provider set the amount aside. */
    record RecordAuthorised(UUID orderId, UUID attemptId) implements OrderCommand {}

    /**
     * The provider refused.
     *
     * @param code the provider's reason
     */
    record RecordDeclined(UUID orderId, UUID attemptId, String code) implements OrderCommand {}

    /** What had been set aside was given back. */
    record RecordVoided(UUID orderId, UUID attemptId) implements OrderCommand {}

    /** Time has passed: the order ends if its deadline is over. */
    record PassDeadline(UUID orderId) implements OrderCommand {}
}
