package io.millrace.streams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies, or a topology can't begin: it is replaced, or begun again, after a back-off, for as
 * long as it takes. The open transaction is aborted, so the records are read again and nothing of them is lost or doubled.
 * Records that can't be worked with never come here: {@link PoisonGuard} sets them aside.
 *
 * <p>Only a virtual machine that is out of memory, or otherwise unsound, is halted; its supervisor starts another.
 */
final class StreamsFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(StreamsFailures.class);

    /** A thread that lived for as long is no longer in a row of failures. */
    private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(1);

    private final String topology;
    private final StreamsSettings settings;
    private final Clock clock;
    private final Runnable halt;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private int inARow;
    private @Nullable Instant last;

    /**
     * @param topology its name, for the log
     * @param halt ends the process
     */
    StreamsFailures(String topology, StreamsSettings settings, Clock clock, Runnable halt) {
        this.topology = topology;
        this.settings = settings;
        this.clock = clock;
        this.halt = halt;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        var _ = isStoppedWithin(note(failure, "a stream thread failed and is replaced"));
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /**
     * Logs a failure, of a thread or of all, and halts the process when it is unsound.
     *
     * @param what what failed and what follows, for the log
     * @return how long to wait before what follows
     */
    Duration note(Throwable failure, String what) {
        if (isUnsound(failure)) {
            log.atError().addKeyValue("topology", topology).log("the process halts", failure);
            halt.run();
        }
        Duration wait = next();
        log.atError()
                .addKeyValue("topology", topology)
                .addKeyValue("waitMillis", wait.toMillis())
                .log(what, failure);
        return wait;
    }

    /** Ends every wait, so that closing does not wait for it. */
    void stop() {
        stopping.countDown();
    }

    /** Waits, unless the service stops meanwhile. */
    boolean isStoppedWithin(Duration wait) {
        try {
            return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** When a thread failed last, unless that has been forgiven. */
    synchronized Optional<Instant> recent() {
        return Optional.ofNullable(last)
                .filter(time -> time.plus(FORGIVEN_AFTER).isAfter(clock.instant()));
    }

    private synchronized Duration next() {
        inARow = recent().isPresent() ? inARow + 1 : 1;
        last = clock.instant();
        return settings.backoff(inARow);
    }

    private static boolean isUnsound(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return true;
            }
        }
        return false;
    }
}
