package io.millrace.events.order;

import io.millrace.events.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order waits for a person: fraud scoring asked for a review or a step-up. Its stock stays reserved.
 *
 * @param orderId the order
 * @param reasons codes of the rules that asked for it
 * @param decideBy when the order is rejected unless somebody has decided
 */
@EventType("order.held")
public record OrderHeld(UUID orderId, List<String> reasons, Instant decideBy) implements OrderEvent {}
