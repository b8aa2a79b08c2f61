package io.millrace.order.ordering;

import io.millrace.events.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order that is being placed: what was asked for, priced. */
record PlacedOrder(UUID id, NewOrder request, List<PricedLine> lines, Money total, Instant placedAt, Instant decideBy) {

    Transition placing() {
        return new Transition(null, OrderStatus.PENDING, placedAt, "placed");
    }

    OrderView view() {
        return new OrderView(
                id,
                request.customerId(),
                OrderStatus.PENDING,
                null,
                PaymentState.NONE,
                lines,
                total,
                request.shipTo(),
                request.email(),
                placedAt,
                decideBy,
                List.of(placing()),
                0);
    }
}
