package io.millrace.events.order;

import io.millrace.events.EventType;
import java.util.UUID;

/**
 * A message can't be delivered: the server refused it for good, or it was tried for as long as is sensible.
 *
 * @param orderId the order
 * @param kind what the message would have told
 * @param messageId its {@code Message-ID}
 * @param reason short word, such as {@code refused} or {@code given-up}
 */
@EventType("notification.failed")
public record NotificationFailed(UUID orderId, NotificationKind kind, String messageId, String reason)
        implements NotificationEvent {}
