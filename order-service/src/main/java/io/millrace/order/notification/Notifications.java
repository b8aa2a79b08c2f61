package io.millrace.order.notification;

import io.millrace.events.order.NotificationKind;
import io.millrace.events.order.RejectionReason;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The mails owed to customers. */
@Service
public class Notifications {

    private final NotificationTable table;
    private final ApplicationEventPublisher announcements;

    Notifications(NotificationTable table, ApplicationEventPublisher announcements) {
        this.table = table;
        this.announcements = announcements;
    }

    /**
     * That a customer is to be told how an order ended.
     *
     * @param orderId the order
     * @param kind what is to be told
     * @param reason why the order was refused; null for other kinds
     * @param eventId the event that says so
     * @param at when it happened
     */
    public record Owed(
            UUID orderId, NotificationKind kind, @Nullable RejectionReason reason, UUID eventId, Instant at) {}

    /** Mails were committed that may be anybody's to send. */
    record Due() {}

    /**
     * Owes these mails, in the caller's transaction. What is owed or was sent already is left as it is.
     *
     * @return orders that are not known here: nothing is owed for them
     */
    public List<UUID> owe(Collection<Owed> owed) {
        if (owed.isEmpty()) {
            return List.of();
        }
        List<UUID> unknown = table.insert(owed);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                announcements.publishEvent(new Due());
            }
        });
        return unknown;
    }
}
