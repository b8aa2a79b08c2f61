package io.millrace.order.notification;

import io.millrace.events.Money;
import io.millrace.events.order.NotificationKind;
import io.millrace.events.order.RejectionReason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is owed, with what its order says.
 *
 * @param orderId the order
 * @param kind what the mail tells
 * @param reason why the order was refused; null for other kinds
 * @param occurredAt when that happened
 * @param email the customer's address
 * @param name who receives the goods
 * @param lines what was ordered
 * @param total what it costs
 */
record Notice(
        UUID orderId,
        NotificationKind kind,
        @Nullable RejectionReason reason,
        Instant occurredAt,
        String email,
        String name,
        List<Line> lines,
        Money total) {

    /** A line of the order as it is stored; its currency is the order's. */
    record Line(String sku, String name, int quantity, long unitMinor) {}

    Key key() {
        return new Key(orderId, kind);
    }

    /** At most one mail of a kind is owed about an order. */
    record Key(UUID orderId, NotificationKind kind) {}
}
