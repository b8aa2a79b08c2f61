package io.millrace.order.groupcommit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gathers what arrives at the same time into one transaction, written by a few threads. A lone entry does not wait: a
 * writer takes whatever is there, and while it commits the next batch gathers by itself.
 *
 * <p>Data that the database refuses (SQLSTATE class 22 and 23) splits the batch, so that one bad entry fails alone; a
 * serialisation failure or deadlock (class 40) repeats the batch; after anything else every entry of the batch fails with
 * the error, and its outcome is unknown when the connection broke during the commit.
 *
 * @param <I> what is submitted
 * @param <O> what comes of it
 */
public final class GroupCommit<I, O> implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final int CONFLICT_RETRIES = 5;
    private static final Duration WIND_DOWN = Duration.ofSeconds(5);

    private final String name;
    private final int writers;
    private final int maxBatch;
    private final Function<List<I>, List<O>> transaction;
    private final BlockingQueue<Entry<I, O>> queue;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    /**
     * @param name of the threads
     * @param writers threads, hence transactions at a time, at least 1
     * @param maxBatch entries of one transaction at most, at least 1
     * @param capacity entries that may wait, at least 1
     * @param transaction applies entries in one transaction of its own and returns one outcome for each, in their order
     */
    public GroupCommit(String name, int writers, int maxBatch, int capacity, Function<List<I>, List<O>> transaction) {
        this.name = name;
        this.writers = writers;
        this.maxBatch = maxBatch;
        this.transaction = transaction;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    private record Entry<I, O>(I input, CompletableFuture<O> outcome) {}

    /**
     * Submits an entry.
     *
     * @return its outcome, complete when the transaction has committed or failed; empty-handed at once, by a
     *     {@link QueueFullException}, when too many wait or this is stopping
     */
    public CompletableFuture<O> submit(I input) {
        CompletableFuture<O> outcome = new CompletableFuture<>();
        if (!running || !queue.offer(new Entry<>(input, outcome))) {
            outcome.completeExceptionally(new QueueFullException(name));
        }
        return outcome;
    }

    @Override
    public void start() {
        running = true;
        for (int i = 1; i <= writers; i++) {
            threads.add(Thread.ofPlatform().name(name + "-" + i).start(this::run));
        }
    }

    /** Ends when everything submitted so far is written. */
    @Override
    public void stop() {
        running = false;
        try {
            for (Thread thread : threads) {
                thread.join(WIND_DOWN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stopped after the web server and the consumers, which submit, and before the relay, which publishes the outcome. */
    @Override
    public int getPhase() {
        return 100;
    }

    private void run() {
        List<Entry<I, O>> batch = new ArrayList<>(maxBatch);
        try {
            while (running || !queue.isEmpty()) {
                Entry<I, O> first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, maxBatch - 1);
                    write(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Entry<I, O>> batch) {
        Throwable failure = null;
        for (int attempt = 0; attempt <= CONFLICT_RETRIES; attempt++) {
            failure = attempt(batch);
            if (failure == null || !stateClass(failure).equals("40")) {
                break;
            }
        }
        if (failure == null) {
            return;
        }
        boolean refusedData =
                stateClass(failure).equals("22") || stateClass(failure).equals("23");
        if (refusedData && batch.size() > 1) {
            int half = batch.size() / 2;
            write(List.copyOf(batch.subList(0, half)));
            write(List.copyOf(batch.subList(half, batch.size())));
            return;
        }
        log.atWarn()
                .addKeyValue("writer", name)
                .addKeyValue("entries", batch.size())
                .log("a group commit failed: {}", failure.toString());
        for (Entry<I, O> entry : batch) {
            entry.outcome.completeExceptionally(failure);
        }
    }

    private @Nullable Throwable attempt(List<Entry<I, O>> batch) {
        try {
            List<O> outcomes =
                    transaction.apply(batch.stream().map(Entry::input).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).outcome.complete(outcomes.get(i));
            }
            return null;
        } catch (Throwable failure) {
            // Whatever it is, the waiting requests must hear of it and the writer must live on.
            return failure;
        }
    }

    private static String stateClass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().substring(0, 2);
            }
        }
        return "";
    }
}
