package io.millrace.web.database;

import io.millrace.web.problem.ProblemException;
import io.millrace.web.problem.Problems;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long a request waits for a read of the database, whatever the database does: a paused one answers nothing,
 * not even an error.
 *
 * <p>The read runs on a virtual thread of its own, begins its transaction there, and sees no thread-bound state of the
 * request: pass the caller in. One that overruns is interrupted, which makes the driver drop the connection; until it has
 * ended it counts as under way. Reads beyond the limit wait within the same deadline, and beyond {@link #MOST_WAITING}
 * waiting ones fail at once, so that a paused database piles up neither threads nor requests.
 *
 * <p>A write that is cut short may have happened: only for those whose repetition does no harm, as the client is told to
 * repeat it.
 */
public final class DatabaseDeadline {

    /** Requests that may wait for their turn: about what a service reads within one deadline at its busiest. */
    static final int MOST_WAITING = 1_000;

    private final Duration deadline;
    private final Semaphore underWay;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * A deadline shared by all who use this object.
     *
     * @param deadline longest wait of a request
     * @param reads most reads under way at once
     */
    public DatabaseDeadline(Duration deadline, int reads) {
        this.deadline = deadline;
        this.underWay = new Semaphore(reads);
    }

    /**
     * The result of a read; what the read throws is thrown as it is.
     *
     * @throws ProblemException 503 when the read has not ended within the deadline
     */
    public <T> T read(Supplier<T> read) {
        long end = System.nanoTime() + deadline.toNanos();
        awaitTurn(end);
        var task = new FutureTask<>(read::get) {
            @Override
            public void run() {
                try {
                    super.run();
                } finally {
                    underWay.release();
                }
            }
        };
        Thread thread = Thread.ofVirtual().name("database-read").start(task);
        try {
            return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException overrun) {
            thread.interrupt();
            throw new ProblemException(Problems.databaseUnavailable(), overrun);
        } catch (ExecutionException failed) {
            throw rethrown(failed.getCause());
        } catch (InterruptedException shutdown) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new ProblemException(Problems.databaseUnavailable(), shutdown);
        }
    }

    private void awaitTurn(long end) {
        if (underWay.tryAcquire()) {
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            throw Problems.databaseUnavailable().toException();
        }
        try {
            if (!underWay.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw Problems.databaseUnavailable().toException();
            }
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problems.databaseUnavailable(), shutdown);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(cause); // a supplier throws nothing else
        };
    }
}
