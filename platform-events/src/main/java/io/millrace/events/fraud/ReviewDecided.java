package io.millrace.events.fraud;

import io.millrace.events.EventType;
import java.util.UUID;

/**
 * An analyst decided a transaction that scoring had held.
 *
 * @param orderId the order
 * @param approved whether the order may go on
 * @param decidedBy the analyst's user id
 */
@EventType("fraud.review-decided")
public record ReviewDecided(UUID orderId, boolean approved, String decidedBy) implements FraudEvent {}
