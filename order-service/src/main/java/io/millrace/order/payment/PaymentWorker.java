package io.millrace.order.payment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.order.groupcommit.GroupCommit;
import io.millrace.order.payment.PaymentAttempts.Claimed;
import io.millrace.order.payment.PaymentAttempts.Unreadable;
import io.millrace.order.payment.PaymentGateway.Answer;
import io.millrace.order.payment.PaymentOutcomes.Answered;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Works on attempts: calls the provider, each call on a thread of its own and within its time, and hands the answer to
 * {@link PaymentOutcomes}, many in one transaction.
 *
 * <p>New attempts come straight from the transaction that began them. Whatever is due otherwise, be it unknown, to be given
 * back, or left behind by an instance that died, is claimed from the database.
 */
@Component
public class PaymentWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PaymentWorker.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration WIND_DOWN = Duration.ofSeconds(10);
    private static final int OUTCOME_BATCH = 200;
    private static final int OUTCOME_QUEUE = 10_000;

    private final PaymentAttempts attempts;
    private final PaymentGateway gateway;
    private final PaymentProperties properties;
    private final Clock clock;
    private final GroupCommit<Answered, Boolean> outcomes;
    private final Counter setAside;
    private final Semaphore calls;
    private final Duration patience;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Thread poller;

    PaymentWorker(
            PaymentAttempts attempts,
            PaymentGateway gateway,
            PaymentOutcomes outcomes,
            PaymentProperties properties,
            MeterRegistry meters,
            Clock clock) {
        this.attempts = attempts;
        this.gateway = gateway;
        this.properties = properties;
        this.clock = clock;
        this.patience = properties.claimFor().minus(properties.longestWork());
        this.setAside = Counter.builder("millrace.order.payments.set-aside")
                .description("payment attempts that can't be understood, left alone until the next start")
                .register(meters);
        this.calls = new Semaphore(properties.concurrency());
        this.outcomes = new GroupCommit<>("payment-outcomes", 1, OUTCOME_BATCH, OUTCOME_QUEUE, outcomes::record);
    }

    /** What the provider reports by itself; complete, with whether the attempt is known, when it has been recorded. */
    public CompletableFuture<Boolean> reported(UUID attemptId, Answer answer) {
        return outcomes.submit(new Answered(attemptId, answer));
    }

    @EventListener
    void on(PaymentAttempts.Begun begun) {
        begun.attempts().forEach(this::work);
    }

    @EventListener
    void on(PaymentAttempts.Due due) {
        wake.release();
    }

    @Override
    public void start() {
        running = true;
        callers = Executors.newVirtualThreadPerTaskExecutor();
        outcomes.start();
        poller = Thread.ofVirtual().name("payment-poller").start(this::poll);
    }

    /** Lets calls under way come to their end, as far as that is soon. What is left is due again when its claim ends. */
    @Override
    public void stop() {
        running = false;
        wake.release();
        callers.shutdown();
        try {
            if (!callers.awaitTermination(WIND_DOWN.toMillis(), TimeUnit.MILLISECONDS)) {
                callers.shutdownNow();
            }
            Thread present = poller;
            if (present != null) {
                present.join(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outcomes.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped after the consumers, which begin attempts, and before the relay. */
    @Override
    public int getPhase() {
        return 200;
    }

    private void poll() {
        boolean resumed = false;
        try {
            while (running) {
                wake.drainPermits();
                boolean some = false;
                try {
                    resumed = resumed || resume();
                    some = claimAndWork();
                } catch (DataAccessException | TransactionException e) {
                    log.atWarn().log("due payment attempts not read, trying again: {}", e.toString());
                } catch (RuntimeException e) {
                    // Whatever it is: without this thread nothing is asked for or given back until the process starts
                    // again.
                    log.error("due payment attempts not read, trying again", e);
                }
                if (!some) {
                    boolean _ = wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once in the life of a process, which may be of another version than the one that could not read them. */
    private boolean resume() {
        int rows = attempts.resume(clock.instant());
        if (rows > 0) {
            log.atInfo().addKeyValue("rows", rows).log("payment attempts that were set aside are worked on again");
        }
        return true;
    }

    /** Whether there was something to do. */
    private boolean claimAndWork() {
        int room = calls.availablePermits();
        if (room == 0) {
            return false;
        }
        Claimed claimed = attempts.claim(clock.instant(), room);
        claimed.attempts().forEach(this::work);
        if (!claimed.unreadable().isEmpty()) {
            attempts.setAside(claimed.unreadable());
        }
        for (Unreadable row : claimed.unreadable()) {
            setAside.increment();
            log.atError()
                    .addKeyValue("orderId", row.orderId())
                    .addKeyValue("attemptId", row.id())
                    .addKeyValue("cause", row.cause())
                    .log("a payment attempt can't be understood and is set aside until the next start");
        }
        return !claimed.attempts().isEmpty() || !claimed.unreadable().isEmpty();
    }

    private void work(PaymentAttempt attempt) {
        try {
            callers.execute(() -> {
                try {
                    if (!calls.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                        return; // the claim is running out: whoever claims it next will work on it
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                Answer answer;
                try {
                    answer = answer(attempt);
                } finally {
                    calls.release();
                }
                var _ = outcomes.submit(new Answered(attempt.id(), answer));
            });
        } catch (RejectedExecutionException e) {
            // Stopping: the attempt is found by another instance when its claim ends.
            log.debug("attempt {} left to another instance", attempt.id());
        }
    }

    private Answer answer(PaymentAttempt attempt) {
        try {
            return ask(attempt);
        } catch (RuntimeException e) {
            // A fault of ours, which may have come after the provider was called: as if it had not answered.
            log.atError().addKeyValue("attemptId", attempt.id()).setCause(e).log("the payment provider can't be asked");
            return new PaymentGateway.NoAnswer("fault: " + e.getClass().getSimpleName());
        }
    }

    private Answer ask(PaymentAttempt attempt) {
        if (attempt.voidRequested()) {
            return repeated(() -> gateway.giveBack(attempt.id()));
        }
        if (attempt.tries() > 0) {
            // Somebody has called, or may have: ask before charging. What was never seen there is safe to send.
            Answer found = repeated(() -> gateway.find(attempt.id()));
            if (!(found instanceof PaymentGateway.NeverSeen)) {
                return found;
            }
        }
        return repeated(() -> gateway.authorise(attempt));
    }

    /** Calls until there is an answer, a bounded number of times. */
    private Answer repeated(Supplier<Answer> call) {
        Answer answer = call.get();
        for (int i = 1; i < properties.calls() && answer instanceof PaymentGateway.NoAnswer && running; i++) {
            answer = call.get();
        }
        if (answer instanceof PaymentGateway.NoAnswer none) {
            log.atWarn().log("the payment provider gave no answer: {}", none.cause());
        }
        return answer;
    }
}
