package io.millrace.events.catalogue;

import io.millrace.events.Event;
import io.millrace.events.Retention;
import io.millrace.events.Topic;
import io.millrace.events.fraud.FraudEvent;
import io.millrace.events.inventory.AvailabilityEvent;
import io.millrace.events.inventory.CatalogueEvent;
import io.millrace.events.inventory.ReservationEvent;
import io.millrace.events.order.NotificationEvent;
import io.millrace.events.order.OrderEvent;
import io.millrace.events.order.TransactionEvent;
import io.millrace.events.recommendation.ClickstreamEvent;
import io.millrace.events.recommendation.SessionEvent;
import java.time.Duration;
import java.util.List;

/**
 * The topic catalogue: every topic of the platform, declared once. No topic name is written anywhere else.
 *
 * <p>Six partitions each: enough for six consumers of a group on one cluster of three brokers, and topics that are
 * joined without repartitioning share their count. Business topics are kept for 30 days, what visitors do for
 * 14.
 */
public final class Topics {

    /** Partitions of every topic. */
    public static final int PARTITIONS = 6;

    private static final Retention BUSINESS = new Retention.Kept(Duration.ofDays(30));
    private static final Retention BEHAVIOUR = new Retention.Kept(Duration.ofDays(14));
    private static final Retention LATEST = new Retention.Compacted();

    private static final String ORDER_SERVICE = "order-service";
    private static final String INVENTORY_SERVICE = "inventory-service";
    private static final String FRAUD_SERVICE = "fraud-service";
    private static final String RECOMMENDATION_SERVICE = "recommendation-service";

    /** What happens to orders. */
    public static final Topic<OrderEvent> ORDER_EVENTS =
            new Topic<>("order.events.v1", OrderEvent.class, "orderId", PARTITIONS, BUSINESS, ORDER_SERVICE);

    /** Payments wanted and made; keyed by customer so that velocity is seen in order. */
    public static final Topic<TransactionEvent> TRANSACTION_EVENTS = new Topic<>(
            "transaction.events.v1", TransactionEvent.class, "customerId", PARTITIONS, BUSINESS, ORDER_SERVICE);

    /** The current catalogue. */
    public static final Topic<CatalogueEvent> CATALOGUE_ITEMS =
            new Topic<>("catalogue.items.v1", CatalogueEvent.class, "sku", PARTITIONS, LATEST, INVENTORY_SERVICE);

    /** Answers to orders' wishes for stock. */
    public static final Topic<ReservationEvent> RESERVATIONS = new Topic<>(
            "inventory.reservations.v1", ReservationEvent.class, "orderId", PARTITIONS, BUSINESS, INVENTORY_SERVICE);

    /** The current availability of every product. */
    public static final Topic<AvailabilityEvent> AVAILABILITY = new Topic<>(
            "inventory.availability.v1", AvailabilityEvent.class, "sku", PARTITIONS, LATEST, INVENTORY_SERVICE);

    /** Decisions about transactions; written by Kafka Streams: to be read committed. */
    public static final Topic<FraudEvent> FRAUD_DECISIONS =
            new Topic<>("fraud.decisions.v1", FraudEvent.class, "orderId", PARTITIONS, BUSINESS, FRAUD_SERVICE);

    /** Messages to customers about their orders. */
    public static final Topic<NotificationEvent> NOTIFICATION_EVENTS = new Topic<>(
            "notification.events.v1", NotificationEvent.class, "orderId", PARTITIONS, BUSINESS, ORDER_SERVICE);

    /** What visitors do in the shop. */
    public static final Topic<ClickstreamEvent> CLICKSTREAM_EVENTS = new Topic<>(
            "clickstream.events.v1",
            ClickstreamEvent.class,
            "visitorId",
            PARTITIONS,
            BEHAVIOUR,
            RECOMMENDATION_SERVICE);

    /** Which products sessions came to; written by Kafka Streams: to be read committed. */
    public static final Topic<SessionEvent> RECOMMENDATION_SESSIONS = new Topic<>(
            "recommendation.sessions.v1",
            SessionEvent.class,
            "sessionId",
            PARTITIONS,
            BEHAVIOUR,
            RECOMMENDATION_SERVICE);

    private Topics() {}

    /** Every topic, in the order of their names. */
    public static List<Topic<? extends Event>> all() {
        return List.of(
                CATALOGUE_ITEMS,
                CLICKSTREAM_EVENTS,
                FRAUD_DECISIONS,
                AVAILABILITY,
                RESERVATIONS,
                NOTIFICATION_EVENTS,
                ORDER_EVENTS,
                RECOMMENDATION_SESSIONS,
                TRANSACTION_EVENTS);
    }
}
