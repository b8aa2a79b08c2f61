package io.millrace.order.ordering;

import io.millrace.events.Money;
import io.millrace.events.order.RejectionReason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as whoever may see it sees it.
 *
 * @param id the order
 * @param customerId who ordered
 * @param status where it stands
 * @param rejection why it was rejected; null unless it was
 * @param payment how the payment stands
 * @param lines what was ordered
 * @param total what it costs
 * @param shipTo where to
 * @param email whom to tell
 * @param placedAt when
 * @param decideBy when it ends by itself unless it is decided
 * @param history every transition, oldest first
 * @param version grows with every change, from 0
 */
public record OrderView(
        UUID id,
        String customerId,
        OrderStatus status,
        @Nullable RejectionReason rejection,
        PaymentState payment,
        List<PricedLine> lines,
        Money total,
        ShippingAddress shipTo,
        String email,
        Instant placedAt,
        Instant decideBy,
        List<Transition> history,
        long version) {}
