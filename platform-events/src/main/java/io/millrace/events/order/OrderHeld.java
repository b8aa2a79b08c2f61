package io.millrace.events.order;

import io.millrace.events.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * An order waits for a person: fraud scoring asked for a review or a step-up. Its stock stays reserved.
 *
 * @param orderId the order
 * @param decideBy when the order is rejected unless somebody has decided
 */
@EventType("order.held")
public record OrderHeld(UUID orderId, Instant decideBy) implements OrderEvent {}
