package io.millrace.order.notification.smtp;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds in time for all that is done over a socket together. A timeout of reads alone bounds nothing: a peer that sends a byte
 * now and then never exceeds it, and writes have none.
 */
final class TimeLimits implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TimeLimits.class);

    private final ScheduledThreadPoolExecutor timer;

    TimeLimits() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("smtp-limits").daemon().factory());
        // Nearly all are lifted long before: they would gather there meanwhile.
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Begins the time of an exchange. */
    Limit begin(Duration longest) {
        Limit limit = new Limit();
        limit.expiry = timer.schedule(limit::expire, longest.toMillis(), TimeUnit.MILLISECONDS);
        return limit;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** The time of one exchange. When it is over the exchange's socket is closed, which ends whatever waits for it. */
    static final class Limit implements AutoCloseable {

        private @Nullable ScheduledFuture<?> expiry;
        private @Nullable Socket socket;
        private boolean over;
        private boolean lifted;

        /** Has this socket closed when the time is over, which may be now. */
        synchronized void on(Socket next) {
            socket = next;
            if (over) {
                hangUp(next);
            }
        }

        /** Ends the limit; whether it was kept. If so the socket is left open. */
        synchronized boolean lift() {
            lifted = true;
            ScheduledFuture<?> pending = expiry;
            if (pending != null) {
                pending.cancel(false);
            }
            return !over;
        }

        private synchronized void expire() {
            if (lifted) {
                return;
            }
            over = true;
            Socket present = socket;
            if (present != null) {
                log.warn("an exchange with the mail server took too long and is broken off");
                hangUp(present);
            }
        }

        private static void hangUp(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("a socket did not close cleanly", e);
            }
        }

        @Override
        public void close() {
            boolean _ = lift();
        }
    }
}
