package io.millrace.traffic.provider;

import io.millrace.traffic.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A card payment provider that listens until it is closed.
 *
 * <p>REST, JSON both ways, errors as problem details:
 *
 * <ul>
 *   <li>{@code POST /payments}, {@code Idempotency-Key} equal to the body's {@code reference}: 201 with the outcome that the
 *       card's behaviour ({@code TokenBehaviour}) says. The same key again: the identical answer, whatever has happened
 *       since; with another body: 422.
 *   <li>{@code GET /payments/{reference}} or {@code /payments?reference=}: the payment as it is now. 404 says only that it
 *       has not been seen yet: its request may still be on the way.
 *   <li>{@code POST /payments/{reference}/void}: the payment as it is then, voided if there was anything to void. 404 when it
 *       was never asked for, and from then on never will be authorised: a request that arrives later is DECLINED
 *       {@code voided-before}. So a void makes a definite end, and may be repeated.
 *   <li>{@code GET /ledger}: every payment as a line of JSON. {@code GET /health}: 200, or 503 when the ledger fails.
 * </ul>
 *
 * <p>Whatever was answered is on the disk: a crash at any moment loses none of it. Pending payments and owed callbacks go on
 * after the next start. Closing answers no request that is still held.
 */
public final class PaymentProvider implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PaymentProvider.class);
    private static final int MOST_THREADS = 16;
    private static final int FEWEST_THREADS = 2;

    private final Server server;
    private final ServerConnector connector;
    private final Journal journal;
    private final Callbacks callbacks;
    private final ScheduledThreadPoolExecutor timer;

    private PaymentProvider(
            Server server,
            ServerConnector connector,
            Journal journal,
            Callbacks callbacks,
            ScheduledThreadPoolExecutor timer) {
        this.server = server;
        this.connector = connector;
        this.journal = journal;
        this.callbacks = callbacks;
        this.timer = timer;
    }

    /**
     * Opens the ledger, listens, and goes on with what was left undone.
     *
     * @throws io.millrace.traffic.journal.JournalException when the ledger is in use or damaged
     * @throws UncheckedIOException when the port can't be had
     */
    public static PaymentProvider start(ProviderSettings settings) {
        Clock clock = Clock.systemUTC();
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
        threads.setName("provider");
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("provider-timer").daemon().factory());
        Journal journal = Journal.open(settings.ledger(), threads);
        Callbacks callbacks = new Callbacks(settings.callbacks(), clock, timer);
        AtomicReference<FollowUps> followUps = new AtomicReference<>();
        Payments payments =
                new Payments(journal, clock, payment -> followUps.get().after(payment));
        followUps.set(new FollowUps(payments, callbacks, settings.delays().late(), clock, timer));

        Server server = new Server(threads);
        ServerConnector connector = connector(server, settings);
        server.addConnector(connector);
        server.setHandler(new ProviderApi(journal, new PaymentsHandler(payments, settings.delays(), timer)));
        PaymentProvider provider = new PaymentProvider(server, connector, journal, callbacks, timer);
        provider.listen();
        payments.open().forEach(followUps.get()::after);
        return provider;
    }

    private static ServerConnector connector(Server server, ProviderSettings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        Duration longestSilence =
                settings.delays().held().plus(settings.delays().late()).plusSeconds(30);
        connector.setIdleTimeout(longestSilence.toMillis());
        return connector;
    }

    private void listen() {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            // Jetty declares no more precise type; whatever it is, nothing may be left running.
            close();
            throw new IllegalStateException("the provider can't start", e);
        }
        log.atInfo().addKeyValue("port", port()).log("Payment provider listens");
    }

    /** The port it listens at. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Done, with why, when the ledger can't be written any more: only a new start helps. */
    public CompletableFuture<Throwable> failure() {
        return journal.failure();
    }

    /** Stops listening, writes what waits, and gives the ledger free. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            // Jetty declares no more precise type; the ledger is to be closed all the same.
            log.warn("Payment provider's server did not stop cleanly", e);
        }
        timer.shutdownNow();
        callbacks.close();
        try {
            journal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger was not closed cleanly", e);
        }
    }
}
