package io.millrace.traffic.provider;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a payment of itself: a pending one is authorised when its time has come, an owed callback is sent.
 * Whatever is left undone by a stop or a crash is in the ledger and goes on after the next start.
 */
final class FollowUps {

    private static final Logger log = LoggerFactory.getLogger(FollowUps.class);

    private final Payments payments;
    private final Callbacks callbacks;
    private final Duration late;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    FollowUps(Payments payments, Callbacks callbacks, Duration late, Clock clock, ScheduledExecutorService timer) {
        this.payments = payments;
        this.callbacks = callbacks;
        this.late = late;
        this.clock = clock;
        this.timer = timer;
    }

    /** Sees to an open payment. */
    void after(Payment payment) {
        if (payment.status() != PaymentStatus.PENDING) {
            callbacks.send(payment, this::calledBack);
            return;
        }
        Duration left = late.minus(Duration.between(payment.since(), clock.instant()));
        try {
            var _ = timer.schedule(
                    () -> reported(payments.authoriseLate(payment.reference())),
                    Math.max(left.toMillis(), 0),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Late authorisation left for the next start, as the provider closes", e);
        }
    }

    private void calledBack(Payment payment) {
        reported(payments.calledBack(payment.reference()).whenComplete((now, failure) -> {
            if (failure == null && now.isPresent() && now.get().callbacksDue() > 0) {
                callbacks.send(now.get(), this::calledBack);
            }
        }));
    }

    private static void reported(CompletableFuture<?> change) {
        BiConsumer<Object, Throwable> report = (_, failure) -> {
            if (failure != null) {
                log.warn("Payment's follow-up left for the next start", failure);
            }
        };
        var _ = change.whenComplete(report);
    }
}
