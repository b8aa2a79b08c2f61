package io.millrace.order.payment;

import io.millrace.order.payment.PaymentGateway.Answer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records what the provider answered about a batch of attempts and tells their orders, in one transaction. An answer that
 * comes again, or that contradicts a settled attempt, changes nothing.
 */
@Service
class PaymentOutcomes {

    private static final Logger log = LoggerFactory.getLogger(PaymentOutcomes.class);

    private final PaymentAttempts attempts;
    private final PaymentListener listener;
    private final PaymentProperties properties;
    private final Clock clock;

    PaymentOutcomes(PaymentAttempts attempts, PaymentListener listener, PaymentProperties properties, Clock clock) {
        this.attempts = attempts;
        this.listener = listener;
        this.properties = properties;
        this.clock = clock;
    }

    /** The provider's answer about an attempt. */
    record Answered(UUID attemptId, Answer answer) {}

    /** One result for each answer, in their order: whether the attempt is known here. */
    @Transactional
    List<Boolean> record(List<Answered> answers) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<UUID> ids = answers.stream().map(Answered::attemptId).distinct().toList();
        Map<UUID, PaymentAttempt> before = byId(attempts.find(ids));
        List<PaymentOutcome> told = new ArrayList<>();
        for (Answered answered : answers) {
            PaymentAttempt attempt = before.get(answered.attemptId);
            if (attempt != null && !attempt.status().isFinal()) {
                outcome(attempt, answered.answer).ifPresent(told::add);
            }
        }
        // Orders first, attempts second: the order of locks everywhere.
        listener.on(told);
        Map<UUID, PaymentAttempt> locked = byId(attempts.lock(ids));
        List<PaymentAttempts.Change> changes = new ArrayList<>();
        for (Answered answered : answers) {
            PaymentAttempt attempt = locked.get(answered.attemptId);
            if (attempt != null) {
                change(attempt, answered.answer, now).ifPresent(changes::add);
            }
        }
        if (!changes.isEmpty()) {
            attempts.update(changes, now);
        }
        return answers.stream()
                .map(answered -> before.containsKey(answered.attemptId))
                .toList();
    }

    private static Optional<PaymentOutcome> outcome(PaymentAttempt attempt, Answer answer) {
        return switch (answer) {
            case PaymentGateway.Authorised _ -> Optional.of(told(attempt, new PaymentOutcome.Authorised()));
            case PaymentGateway.Declined declined ->
                Optional.of(told(attempt, new PaymentOutcome.Declined(declined.code())));
            case PaymentGateway.Voided _ -> Optional.of(told(attempt, new PaymentOutcome.Voided()));
            case PaymentGateway.Undecided _, PaymentGateway.NeverSeen _, PaymentGateway.NoAnswer _ -> Optional.empty();
        };
    }

    private static PaymentOutcome told(PaymentAttempt attempt, PaymentOutcome.Result result) {
        return new PaymentOutcome(attempt.orderId(), attempt.id(), result);
    }

    private Optional<PaymentAttempts.Change> change(PaymentAttempt attempt, Answer answer, Instant now) {
        if (attempt.status().isFinal()) {
            if (answer instanceof PaymentGateway.Authorised) {
                log.atWarn()
                        .addKeyValue("orderId", attempt.orderId())
                        .addKeyValue("attemptId", attempt.id())
                        .addKeyValue("status", attempt.status())
                        .log("the provider reports an authorisation for a settled attempt");
                if (attempt.status() == AttemptStatus.DECLINED) {
                    // The order was refused by what the provider had said before; the money is set aside all the same.
                    attempts.giveBackSettled(attempt.id(), now);
                }
            }
            return Optional.empty();
        }
        return switch (answer) {
            case PaymentGateway.Authorised _ ->
                // Not over while it is to be given back.
                Optional.of(changed(attempt, AttemptStatus.AUTHORISED, null, attempt.voidRequested() ? now : null));
            case PaymentGateway.Declined declined ->
                attempt.status() == AttemptStatus.AUTHORISED
                        ? Optional.empty()
                        : Optional.of(changed(attempt, AttemptStatus.DECLINED, declined.code(), null));
            case PaymentGateway.Voided _ -> Optional.of(changed(attempt, AttemptStatus.VOIDED, null, null));
            case PaymentGateway.Undecided _, PaymentGateway.NeverSeen _, PaymentGateway.NoAnswer _ ->
                Optional.of(changed(
                        attempt,
                        attempt.status() == AttemptStatus.INTENT ? AttemptStatus.UNKNOWN : attempt.status(),
                        null,
                        now.plus(properties.retry(attempt.tries()))));
        };
    }

    private static PaymentAttempts.Change changed(
            PaymentAttempt attempt, AttemptStatus status, @Nullable String code, @Nullable Instant dueAt) {
        return new PaymentAttempts.Change(attempt.id(), status, code, dueAt);
    }

    private static Map<UUID, PaymentAttempt> byId(List<PaymentAttempt> attempts) {
        return attempts.stream().collect(Collectors.toMap(PaymentAttempt::id, Function.identity()));
    }
}
