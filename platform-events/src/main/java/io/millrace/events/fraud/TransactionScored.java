package io.millrace.events.fraud;

import io.millrace.events.EventType;
import io.millrace.events.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A transaction was scored.
 *
 * @param orderId the order
 * @param customerId who pays
 * @param amount what is to be paid
 * @param outcome what is to happen
 * @param score how suspicious the transaction is: 0 (not at all) to 1
 * @param reasons the rules that hit, gravest first; empty where none did
 * @param rulesVersion version of the rule set that decided
 * @param transactionAt when the order was placed: the event time that was scored
 */
@EventType("fraud.transaction-scored")
public record TransactionScored(
        UUID orderId,
        String customerId,
        Money amount,
        FraudOutcome outcome,
        double score,
        List<Reason> reasons,
        String rulesVersion,
        Instant transactionAt)
        implements FraudEvent {

    /**
     * A rule that hit.
     *
     * @param code stable code of the rule, such as {@code velocity-1h}
     * @param text why, with the figures that led to it, for an analyst to read
     */
    public record Reason(String code, String text) {}
}
