package io.millrace.web.route;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * Delays the end of a service after it has called itself unready, so that whatever is in front sends its requests
 * elsewhere before any is refused. Meanwhile connections are closed as their requests are answered: a pooled one would
 * be closed under the next request.
 */
final class Draining implements SmartLifecycle {

    private final Duration delay;
    private volatile boolean running;
    private volatile boolean begun;

    Draining(Duration delay) {
        this.delay = delay;
    }

    boolean hasBegun() {
        return begun;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable callback) {
        begun = true;
        running = false;
        // Not on the common pool, whose few threads may all be waiting for this very end.
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(callback);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the server's own graceful end, which closes the port. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
