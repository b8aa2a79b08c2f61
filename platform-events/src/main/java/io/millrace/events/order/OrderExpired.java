package io.millrace.events.order;

import io.millrace.events.EventType;
import java.util.List;
import java.util.UUID;

/**
 * An order was not decided by its deadline: whatever had been done for it is to be undone.
 *
 * @param orderId the order
 * @param waitingFor who had not answered: {@code inventory}, {@code fraud}, {@code payment}
 */
@EventType("order.expired")
public record OrderExpired(UUID orderId, List<String> waitingFor) implements OrderEvent {}
