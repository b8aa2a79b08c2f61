package io.millrace.events.order;

import io.millrace.events.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * A mail server took a message over.
 *
 * @param orderId the order
 * @param kind what the message tells
 * @param messageId its {@code Message-ID}, derived from order and kind: the same at every attempt
 * @param sentAt when the server had taken it
 */
@EventType("notification.sent")
public record NotificationSent(UUID orderId, NotificationKind kind, String messageId, Instant sentAt)
        implements NotificationEvent {}
