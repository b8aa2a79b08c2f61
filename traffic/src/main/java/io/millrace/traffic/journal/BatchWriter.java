package io.millrace.traffic.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what has come together since the last fsync to the disk with the next one, on a thread of its own. */
final class BatchWriter implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    private final ReentrantLock lock;
    private final Condition work;
    private final Consumer<Batch> written;
    private final Executor completions;
    private final Thread thread = Thread.ofPlatform().name("journal-writer").unstarted(this::run);
    private Batch next = new Batch();
    private @Nullable Batch writing;
    private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
    private boolean closing;
    private volatile @Nullable Throwable failure;

    /**
     * @param lock the journal's, guarding the batch that gathers
     * @param written called under the lock when a batch is on the disk, before its promise is kept
     */
    BatchWriter(ReentrantLock lock, Consumer<Batch> written, Executor completions) {
        this.lock = lock;
        this.work = lock.newCondition();
        this.written = written;
        this.completions = completions;
    }

    void start() {
        thread.start();
    }

    /** The batch that gathers; to be used under the lock. */
    Batch next() {
        return next;
    }

    /** Says that the gathering batch has entries; to be used under the lock. */
    void wake() {
        work.signal();
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Done, with why, when the journal has failed; its own, so that nobody else fails it. */
    CompletableFuture<Throwable> failure() {
        return failed.copy();
    }

    void refuseWhenFailed() {
        if (failure != null) {
            throw new JournalException("the journal failed earlier", failure);
        }
    }

    /** To be used under the lock. */
    void refuseUnlessAccepting(int mostWaiting) {
        refuseWhenFailed();
        if (closing || next.writes().size() >= mostWaiting) {
            throw new JournalException(closing ? "closed" : "too many entries wait for the disk");
        }
    }

    /** Writes what waits, then ends the thread. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the last entries were written", e);
        }
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4 * Line.LONGEST);
        try {
            Batch batch = take();
            while (!batch.writes().isEmpty()) {
                batch.write(buffer);
                settle(batch);
                batch = take();
            }
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it was: what is on the disk is unknown now, and every caller must learn it rather than wait.
            fail(e);
        }
    }

    /** The entries that came since the last batch; waits for the first. Empty when the journal closes. */
    private Batch take() {
        lock.lock();
        try {
            while (next.writes().isEmpty() && !closing) {
                work.awaitUninterruptibly();
            }
            Batch batch = next;
            if (!batch.writes().isEmpty()) {
                next = new Batch();
                writing = batch;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void settle(Batch batch) throws IOException {
        lock.lock();
        try {
            written.accept(batch);
            writing = null;
        } finally {
            lock.unlock();
        }
        keep(batch.durable());
        for (Segment segment : batch.doomed()) {
            segment.delete();
        }
    }

    private void keep(CompletableFuture<Void> promise) {
        try {
            completions.execute(() -> promise.complete(null));
        } catch (RejectedExecutionException e) {
            log.debug("Promise kept by the writer itself, as its executor has stopped", e);
            promise.complete(null);
        }
    }

    private void fail(Throwable cause) {
        log.error("Journal failed, restart to find what is on the disk", cause);
        List<Batch> lost = new ArrayList<>();
        lock.lock();
        try {
            failure = cause;
            lost.add(next);
            if (writing != null) {
                lost.add(writing);
            }
        } finally {
            lock.unlock();
        }
        JournalException told = new JournalException("the journal failed", cause);
        lost.forEach(batch -> batch.durable().completeExceptionally(told));
        failed.complete(cause);
    }
}
