package io.millrace.order.notification;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.order.NotificationEvent;
import io.millrace.events.order.NotificationFailed;
import io.millrace.events.order.NotificationSent;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.messaging.outbox.Outgoing;
import io.millrace.order.notification.MailGateway.Answer;
import io.millrace.order.notification.NotificationTable.Change;
import io.millrace.order.notification.NotificationTable.Locked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records what came of a batch of mails and tells it, in one transaction. What another instance has settled meanwhile stays as
 * it is, and nothing is told twice.
 */
@Service
class NotificationOutcomes {

    private final NotificationTable table;
    private final Outbox outbox;
    private final MailWording wording;
    private final NotificationProperties properties;

    NotificationOutcomes(NotificationTable table, Outbox outbox, NotificationProperties properties) {
        this.table = table;
        this.outbox = outbox;
        this.wording = new MailWording(properties.domain());
        this.properties = properties;
    }

    /** What the server answered about a mail, and when. */
    record Answered(Notice.Key key, Answer answer, Instant at) {}

    /** What became of a mail. */
    enum Outcome {
        SENT,
        REFUSED,
        GIVEN_UP,
        RETRIED,
        /** Settled by another before. */
        UNCHANGED
    }

    /** A row's key as it is stored: beside the order's others may be a kind that this version does not know. */
    private record RowKey(UUID orderId, String kind) {

        static RowKey of(Notice.Key key) {
            return new RowKey(key.orderId(), key.kind().name());
        }
    }

    /** One result for each answer, in their order. */
    @Transactional
    List<Outcome> record(List<Answered> answers) {
        List<UUID> orders = answers.stream()
                .map(answered -> answered.key.orderId())
                .distinct()
                .toList();
        Map<RowKey, Locked> rows = new HashMap<>();
        Map<UUID, Long> sequences = new HashMap<>();
        for (Locked row : table.lock(orders, properties.retryFor())) {
            rows.put(new RowKey(row.orderId(), row.kind()), row);
            Long sequence = row.sequence();
            sequences.merge(row.orderId(), sequence == null ? 0L : sequence, Math::max);
        }
        List<Outcome> outcomes = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        List<Outgoing<?>> events = new ArrayList<>();
        for (Answered answered : answers) {
            // Taken out: a second answer about the same mail finds it settled.
            Locked row = rows.remove(RowKey.of(answered.key));
            Outcome outcome = row == null || !row.waiting() ? Outcome.UNCHANGED : outcome(answered.answer, row);
            outcomes.add(outcome);
            if (row != null && outcome != Outcome.UNCHANGED) {
                NotificationEvent event = event(answered, outcome);
                Long sequence = event == null ? null : sequences.merge(answered.key.orderId(), 1L, Long::sum);
                changes.add(change(answered, row, outcome, sequence));
                if (event != null && sequence != null) {
                    events.add(outgoing(event, answered.at, sequence, row.causedBy()));
                }
            }
        }
        if (!changes.isEmpty()) {
            table.update(changes);
        }
        outbox.append(events);
        return outcomes;
    }

    private static Outcome outcome(Answer answer, Locked row) {
        return switch (answer) {
            case MailGateway.Taken _ -> Outcome.SENT;
            case MailGateway.Refused _ -> Outcome.REFUSED;
            case MailGateway.Deferred _ -> row.overdue() ? Outcome.GIVEN_UP : Outcome.RETRIED;
            // However long the server is away, it has said nothing about this mail.
            case MailGateway.Away _ -> Outcome.RETRIED;
        };
    }

    private @Nullable NotificationEvent event(Answered answered, Outcome outcome) {
        UUID orderId = answered.key.orderId();
        String messageId = wording.messageId(orderId, answered.key.kind());
        return switch (outcome) {
            case SENT -> new NotificationSent(orderId, answered.key.kind(), messageId, answered.at);
            case REFUSED -> new NotificationFailed(orderId, answered.key.kind(), messageId, "refused");
            case GIVEN_UP -> new NotificationFailed(orderId, answered.key.kind(), messageId, "given-up");
            case RETRIED, UNCHANGED -> null;
        };
    }

    private static Outgoing<NotificationEvent> outgoing(
            NotificationEvent event, Instant at, long sequence, UUID causedBy) {
        String order = event.orderId().toString();
        return new Outgoing<>(Topics.NOTIFICATION_EVENTS, order, order, sequence, event, at, order, causedBy);
    }

    private Change change(Answered answered, Locked row, Outcome outcome, @Nullable Long sequence) {
        return switch (outcome) {
            case SENT, UNCHANGED -> new Change(answered.key, "SENT", null, sequence, null, false);
            case REFUSED, GIVEN_UP -> new Change(answered.key, "FAILED", cause(answered.answer), sequence, null, false);
            case RETRIED ->
                new Change(
                        answered.key,
                        "WAITING",
                        cause(answered.answer),
                        null,
                        wait(answered, row),
                        answered.answer instanceof MailGateway.Deferred);
        };
    }

    private Duration wait(Answered answered, Locked row) {
        return switch (answered.answer) {
            // The whole server is waited for, by all mails together.
            case MailGateway.Away _ -> properties.pause(row.tries());
            case MailGateway.Taken _, MailGateway.Refused _, MailGateway.Deferred _ -> properties.retry(row.tries());
        };
    }

    private static @Nullable String cause(Answer answer) {
        return switch (answer) {
            case MailGateway.Taken _ -> null;
            case MailGateway.Refused refused -> refused.cause();
            case MailGateway.Deferred deferred -> deferred.cause();
            case MailGateway.Away away -> away.cause();
        };
    }
}
