package io.millrace.order.ordering;

import io.millrace.events.Money;
import io.millrace.events.order.RejectionReason;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything an order's course depends on.
 *
 * @param id the order
 * @param status where it stands
 * @param stock what inventory has answered
 * @param fraud what fraud scoring or an analyst has answered
 * @param payment how the payment stands
 * @param rejection why it was rejected; null unless it was
 * @param total what it costs
 * @param decideBy when it ends by itself unless it is decided; meaningless once it is
 */
record OrderState(
        UUID id,
        OrderStatus status,
        StockAnswer stock,
        FraudAnswer fraud,
        PaymentState payment,
        @Nullable RejectionReason rejection,
        Money total,
        Instant decideBy) {

    static OrderState placed(UUID id, Money total, Instant decideBy) {
        return new OrderState(
                id,
                OrderStatus.PENDING,
                StockAnswer.UNKNOWN,
                FraudAnswer.UNKNOWN,
                PaymentState.NONE,
                null,
                total,
                decideBy);
    }

    OrderState with(OrderStatus next) {
        return new OrderState(id, next, stock, fraud, payment, rejection, total, decideBy);
    }

    OrderState with(StockAnswer answer) {
        return new OrderState(id, status, answer, fraud, payment, rejection, total, decideBy);
    }

    OrderState with(FraudAnswer answer) {
        return new OrderState(id, status, stock, answer, payment, rejection, total, decideBy);
    }

    OrderState with(PaymentState state) {
        return new OrderState(id, status, stock, fraud, state, rejection, total, decideBy);
    }

    OrderState decidedBy(Instant deadline) {
        return new OrderState(id, status, stock, fraud, payment, rejection, total, deadline);
    }

    OrderState rejected(RejectionReason reason) {
        return new OrderState(id, OrderStatus.REJECTED, stock, fraud, payment, reason, total, decideBy);
    }
}
