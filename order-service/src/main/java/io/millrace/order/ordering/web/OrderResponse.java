package io.millrace.order.ordering.web;

import io.millrace.events.Money;
import io.millrace.events.order.RejectionReason;
import io.millrace.order.ordering.OrderStatus;
import io.millrace.order.ordering.OrderView;
import io.millrace.order.ordering.PaymentState;
import io.millrace.order.ordering.PricedLine;
import io.millrace.order.ordering.ShippingAddress;
import io.millrace.order.ordering.Transition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order, as the API shows it. */
record OrderResponse(
        UUID id,
        OrderStatus status,
        @Nullable RejectionReason rejection,
        String customerId,
        Payment payment,
        List<Line> lines,
        Money total,
        ShippingAddress shipTo,
        Contact contact,
        Instant placedAt,
        @Nullable Instant decideBy,
        List<Transition> history) {

    /** How the payment stands. */
    record Payment(PaymentState status) {}

    /** A line and what it costs. */
    record Line(String sku, String name, int quantity, Money unitPrice, Money total) {
        static Line of(PricedLine line) {
            return new Line(line.sku(), line.name(), line.quantity(), line.unitPrice(), line.total());
        }
    }

    /** Whom to tell. */
    record Contact(String email) {}

    static OrderResponse of(OrderView order) {
        return new OrderResponse(
                order.id(),
                order.status(),
                order.rejection(),
                order.customerId(),
                new Payment(order.payment()),
                order.lines().stream().map(Line::of).toList(),
                order.total(),
                order.shipTo(),
                new Contact(order.email()),
                order.placedAt(),
                order.status().isUndecided() ? order.decideBy() : null,
                order.history());
    }
}
