package io.millrace.events.order;

import io.millrace.events.EventType;
import io.millrace.events.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order was accepted and is undecided: stock is to be reserved for it, all lines or none.
 *
 * @param orderId the order
 * @param customerId who ordered
 * @param lines what was ordered, at least one line; the same product may stand on several lines
 * @param total sum over the lines
 * @param shipToCountry ISO 3166 code of two letters
 * @param decideBy when the order expires unless it has been decided
 */
@EventType("order.placed")
public record OrderPlaced(
        UUID orderId, String customerId, List<OrderLine> lines, Money total, String shipToCountry, Instant decideBy)
        implements OrderEvent {}
