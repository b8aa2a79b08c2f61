package io.millrace.order.notification.messaging;

import io.millrace.events.Event;
import io.millrace.events.catalogue.Topics;
import io.millrace.events.order.NotificationKind;
import io.millrace.events.order.OrderConfirmed;
import io.millrace.events.order.OrderEvent;
import io.millrace.events.order.OrderExpired;
import io.millrace.events.order.OrderHeld;
import io.millrace.events.order.OrderPlaced;
import io.millrace.events.order.OrderRejected;
import io.millrace.events.order.RejectionReason;
import io.millrace.messaging.Message;
import io.millrace.messaging.consumer.BatchSubscription;
import io.millrace.messaging.consumer.RefusedException;
import io.millrace.messaging.topics.PublishedTopics;
import io.millrace.order.notification.Notifications;
import io.millrace.order.notification.Notifications.Owed;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears how orders end, and has their customers told. */
@Configuration(proxyBeanMethods = false)
class NotificationSubscription {

    @Bean
    BatchSubscription notification(Notifications notifications) {
        return new BatchSubscription("order-service.notification", List.of(Topics.ORDER_EVENTS), messages -> {
            List<UUID> unknown = notifications.owe(messages.stream()
                    .map(NotificationSubscription::owed)
                    .flatMap(Optional::stream)
                    .toList());
            if (!unknown.isEmpty()) {
                throw new RefusedException("order " + unknown.getFirst() + " is not known here: nobody can be told");
            }
        });
    }

    @Bean
    PublishedTopics notificationTopics() {
        return new PublishedTopics(List.of(Topics.NOTIFICATION_EVENTS));
    }

    private static Optional<Owed> owed(Message<?> message) {
        return switch (message.event()) {
            case OrderEvent event -> owed(message, event);
            case Event other -> throw new RefusedException("unexpected " + other.getClass());
        };
    }

    private static Optional<Owed> owed(Message<?> message, OrderEvent event) {
        return switch (event) {
            case OrderConfirmed _ -> owed(message, event, NotificationKind.ORDER_CONFIRMED, null);
            case OrderRejected rejected -> owed(message, event, NotificationKind.ORDER_REJECTED, rejected.reason());
            case OrderExpired _ -> owed(message, event, NotificationKind.ORDER_EXPIRED, null);
            case OrderPlaced _, OrderHeld _ -> Optional.empty();
        };
    }

    private static Optional<Owed> owed(
            Message<?> message, OrderEvent event, NotificationKind kind, @Nullable RejectionReason reason) {
        return Optional.of(new Owed(
                event.orderId(),
                kind,
                reason,
                message.envelope().id(),
                message.envelope().time()));
    }
}
