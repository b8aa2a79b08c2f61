package io.millrace.monitoring.overview;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The summary, put together once a second for all who watch, and not at all while nobody does. Each watcher takes the newest
 * at its own pace: a slow one misses some and holds up nobody.
 */
@Component
public class LiveFeed implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
    private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Summary> reader;
    private final OverviewProperties properties;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Frame newest;
    private int watchers;

    /** Puts the summaries together; none while nobody watches. One that died is replaced. */
    private @Nullable Thread worker;

    private volatile boolean running;

    @Autowired
    LiveFeed(SummaryReader reader, OverviewProperties properties, MeterRegistry meters) {
        this(reader::read, properties, meters);
    }

    LiveFeed(Supplier<Summary> reader, OverviewProperties properties, MeterRegistry meters) {
        this.reader = reader;
        this.properties = properties;
        Gauge.builder("millrace.monitoring.live.clients", this, feed -> feed.watchers)
                .description("clients that watch the summary live")
                .register(meters);
    }

    /** A summary and its number; later ones have higher numbers. */
    public record Frame(long number, Summary summary, long readAtNanos) {

        private boolean isFresh() {
            return System.nanoTime() - readAtNanos < PACE_NANOS;
        }
    }

    /** The summary of this moment, at most a second old. */
    public Summary current() {
        return fresh().summary;
    }

    /** Begins to watch; empty when as many do as may. */
    public Optional<Watch> watch() {
        lock.lock();
        try {
            if (!running || watchers >= properties.liveClients()) {
                return Optional.empty();
            }
            watchers++;
            seeThatItWorks();
            return Optional.of(new Watch());
        } finally {
            lock.unlock();
        }
    }

    /** One client's watching, to be closed. Used by one thread. */
    public final class Watch implements AutoCloseable {

        private long seen;
        private boolean closed;

        private Watch() {}

        /** The next summary it has not seen; empty when there is none in time, or the service ends. */
        public Optional<Frame> next(Duration patience) throws InterruptedException {
            long left = patience.toNanos();
            lock.lock();
            try {
                while (running && left > 0) {
                    seeThatItWorks();
                    Frame frame = newest;
                    if (frame != null && frame.number > seen && frame.isFresh()) {
                        seen = frame.number;
                        return Optional.of(frame);
                    }
                    left = changed.awaitNanos(left);
                }
                return Optional.empty();
            } finally {
                lock.unlock();
            }
        }

        /** Whether there will be more. */
        public boolean isOpen() {
            return running && !closed;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    watchers--;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            running = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the server waits for requests under way to end: streams end only when told. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }

    /** Under the lock, by all who wait for a summary: whatever ended the worker, it goes on. */
    private void seeThatItWorks() {
        Thread present = worker;
        if (running && watchers > 0 && (present == null || !present.isAlive())) {
            worker = Thread.ofVirtual().name("live-feed").start(this::work);
        }
    }

    private void work() {
        while (goesOn()) {
            long begun = System.nanoTime();
            try {
                fresh();
            } catch (DataAccessException | TransactionException e) {
                log.atDebug().log("no summary while the database is away", e);
            } catch (
                    RuntimeException e) { // whatever it is: the next second may be better, and nobody else would say so
                log.atError().setCause(e).log("no summary could be put together");
            }
            announce(begun + PACE_NANOS);
        }
    }

    private boolean goesOn() {
        lock.lock();
        try {
            boolean wanted = running && watchers > 0;
            if (!wanted) {
                worker = null;
            }
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the watchers, and waits for the next second or for the last of them to go. */
    private void announce(long until) {
        lock.lock();
        try {
            changed.signalAll();
            long left = until - System.nanoTime();
            while (left > 0 && running && watchers > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private Frame fresh() {
        reading.lock();
        try {
            Frame present = newest;
            if (present != null && present.isFresh()) {
                return present;
            }
            Summary summary = reader.get();
            Frame next = new Frame(present == null ? 1 : present.number + 1, summary, System.nanoTime());
            newest = next;
            return next;
        } finally {
            reading.unlock();
        }
    }
}
