package io.millrace.events;

import io.millrace.events.fraud.FraudOutcome;
import io.millrace.events.fraud.ReviewDecided;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.events.inventory.AvailabilityChanged;
import io.millrace.events.inventory.ItemDelisted;
import io.millrace.events.inventory.ItemListed;
import io.millrace.events.inventory.StockRejected;
import io.millrace.events.inventory.StockReserved;
import io.millrace.events.order.NotificationFailed;
import io.millrace.events.order.NotificationKind;
import io.millrace.events.order.NotificationSent;
import io.millrace.events.order.OrderConfirmed;
import io.millrace.events.order.OrderExpired;
import io.millrace.events.order.OrderHeld;
import io.millrace.events.order.OrderLine;
import io.millrace.events.order.OrderPlaced;
import io.millrace.events.order.OrderRejected;
import io.millrace.events.order.PaymentAuthorised;
import io.millrace.events.order.PaymentDeclined;
import io.millrace.events.order.PaymentVoided;
import io.millrace.events.order.RejectionReason;
import io.millrace.events.order.TransactionInitiated;
import io.millrace.events.recommendation.ItemAddedToCart;
import io.millrace.events.recommendation.ItemViewed;
import io.millrace.events.recommendation.RecommendationClicked;
import io.millrace.events.recommendation.SessionItemVisited;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One event of every kind, and of those with optional fields one without them. */
final class EventSamples {

    private static final UUID ORDER = UUID.fromString("01a20cd6-3144-7223-925c-baaf6a24ae4f");
    private static final UUID ATTEMPT = UUID.fromString("01a20cd6-3309-7776-9e29-bc59dfa898a4");
    private static final Instant AT = Instant.parse("2026-11-24T09:14:53.636040Z");
    private static final Instant DEADLINE = Instant.parse("2026-11-24T09:19:53.636040Z");
    private static final Money TOTAL = new Money(50_30, "EUR");
    private static final String MESSAGE = "<01a20cd6-3144-7223-925c-baaf6a24ae4f.confirmed@millrace.example>";
    private static final String HASH = "0123456789abcdef0123456789abcdef";

    private EventSamples() {}

    /**
     * An event and the name of its golden file.
     *
     * @param variant what is special about it; empty for the usual form
     */
    record Sample(String variant, Event event) {

        String file() {
            return Topic.typeOf(event.getClass()) + (variant.isEmpty() ? "" : "-" + variant) + ".json";
        }

        @Override
        public String toString() {
            return file();
        }
    }

    static Stream<Sample> all() {
        return Stream.of(
                usual(new OrderPlaced(
                        ORDER,
                        "customer",
                        List.of(
                                new OrderLine("TEA-ASSAM-250", 2, new Money(8_90, "EUR")),
                                new OrderLine("TEAPOT-GLASS-12", 1, new Money(32_50, "EUR"))),
                        TOTAL,
                        "DE",
                        DEADLINE)),
                usual(new OrderHeld(ORDER, DEADLINE)),
                usual(new OrderConfirmed(ORDER, ATTEMPT, TOTAL)),
                usual(new OrderRejected(ORDER, RejectionReason.OUT_OF_STOCK)),
                usual(new OrderExpired(ORDER, List.of("inventory", "payment"))),
                usual(new TransactionInitiated(ORDER, "customer", TOTAL, 2, 3, "DE", HASH, HASH, HASH, HASH, HASH, AT)),
                new Sample(
                        "anonymous",
                        new TransactionInitiated(
                                ORDER, "customer", TOTAL, 2, 3, "DE", HASH, HASH, HASH, null, null, AT)),
                usual(new PaymentAuthorised(ORDER, ATTEMPT, TOTAL)),
                usual(new PaymentDeclined(ORDER, ATTEMPT, "insufficient-funds")),
                usual(new PaymentVoided(ORDER, ATTEMPT, TOTAL)),
                usual(new ItemListed(
                        "TEA-ASSAM-250", 3, "Assam leaf tea, 250 g", new Money(8_90, "EUR"), "kitchen/tea")),
                new Sample(
                        "uncategorised",
                        new ItemListed("TEA-ASSAM-250", 3, "Assam leaf tea, 250 g", new Money(8_90, "EUR"), null)),
                usual(new ItemDelisted("TEA-ASSAM-250", 4)),
                usual(new StockReserved(
                        ORDER,
                        List.of(
                                new StockReserved.Hold("TEA-ASSAM-250", "berlin", 2),
                                new StockReserved.Hold("TEAPOT-GLASS-12", "lyon", 1)))),
                usual(new StockRejected(ORDER, List.of(new StockRejected.Shortage("TEA-ASSAM-250", 2, 1)))),
                usual(new AvailabilityChanged(
                        "TEA-ASSAM-250",
                        7,
                        648,
                        List.of(
                                new AvailabilityChanged.AtLocation("berlin", 398),
                                new AvailabilityChanged.AtLocation("lyon", 250)))),
                usual(new TransactionScored(
                        ORDER,
                        "customer",
                        TOTAL,
                        FraudOutcome.REVIEW,
                        0.7,
                        List.of(new TransactionScored.Reason("velocity-1h", "41 orders in an hour, more than 40")),
                        "1-0a1b2c3d",
                        AT)),
                new Sample(
                        "approved",
                        new TransactionScored(
                                ORDER, "customer", TOTAL, FraudOutcome.APPROVE, 0, List.of(), "1-0a1b2c3d", AT)),
                usual(new ReviewDecided(ORDER, true, "analyst")),
                usual(new NotificationSent(ORDER, NotificationKind.ORDER_CONFIRMED, MESSAGE, AT)),
                usual(new NotificationFailed(ORDER, NotificationKind.ORDER_REJECTED, MESSAGE, "refused")),
                usual(new ItemViewed("v-81", "TEA-ASSAM-250", AT)),
                usual(new ItemAddedToCart("v-81", "TEA-ASSAM-250", 2, AT)),
                usual(new RecommendationClicked("v-81", "TEAPOT-GLASS-12", "r-4711", 3, AT)),
                usual(new SessionItemVisited("v-81-1", "TEAPOT-GLASS-12", List.of("TEA-ASSAM-250"), AT)));
    }

    private static Sample usual(Event event) {
        return new Sample("", event);
    }
}
