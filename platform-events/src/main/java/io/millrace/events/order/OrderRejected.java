package io.millrace.events.order;

import io.millrace.events.EventType;
import java.util.UUID;

/**
 * An order was refused: whatever had been done for it is to be undone.
 *
 * @param orderId the order
 * @param reason why
 */
@EventType("order.rejected")
public record OrderRejected(UUID orderId, RejectionReason reason) implements OrderEvent {}
