package io.millrace.traffic.provider;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells merchants of their payments: each callback is tried until it is answered 2xx, a bounded number of times, with
 * growing waits. A merchant may see the same one more than once. At most {@value #MOST_AT_ONCE} are on their way; one that
 * finds no room stays owed in the ledger and is sent after the next start.
 */
final class Callbacks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Callbacks.class);
    private static final int MOST_AT_ONCE = 1_000;

    private final CallbackSettings settings;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final HttpClient client;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    Callbacks(CallbackSettings settings, Clock clock, ScheduledExecutorService timer) {
        this.settings = settings;
        this.clock = clock;
        this.timer = timer;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
    }

    /**
     * Sends one callback of a payment that has an address for it.
     *
     * @param done told when it was answered 2xx or is given up
     */
    void send(Payment payment, Consumer<Payment> done) {
        if (!room.tryAcquire()) {
            log.atWarn().addKeyValue("reference", payment.reference()).log("Callback finds no room, and stays owed");
            return;
        }
        attempt(payment, 1, () -> {
            room.release();
            done.accept(payment);
        });
    }

    private void attempt(Payment payment, int number, Runnable done) {
        var _ = client.sendAsync(request(payment), BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            if (isAccepted(answer, failure)) {
                done.run();
            } else if (number >= settings.attempts()) {
                log.atWarn()
                        .addKeyValue("reference", payment.reference())
                        .addKeyValue("attempts", number)
                        .log("Callback given up");
                done.run();
            } else {
                later(payment, number, done);
            }
        });
    }

    private static boolean isAccepted(@Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
        return failure == null && answer != null && answer.statusCode() / 100 == 2;
    }

    private void later(Payment payment, int failed, Runnable done) {
        try {
            var _ = timer.schedule(
                    () -> attempt(payment, failed + 1, done),
                    settings.backoffAfter(failed).toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Callback left for the next start, as the provider closes", e);
        }
    }

    private HttpRequest request(Payment payment) {
        TokenBehaviour behaviour = TokenBehaviour.of(Objects.requireNonNull(payment.paymentToken(), "paymentToken"));
        byte[] body = Json.MAPPER.writeValueAsBytes(
                PaymentView.callbackOf(payment, behaviour.toldByCallback(payment.status())));
        return HttpRequest.newBuilder(URI.create(Objects.requireNonNull(payment.callbackUrl(), "callbackUrl")))
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header(CallbackSignature.HEADER, CallbackSignature.of(settings.secret(), clock.instant(), body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
