package io.millrace.messaging.outbox;

import io.millrace.telemetry.trace.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Publishes what the outbox holds. One relay per database does so, the one that holds the lease; the others stand by, tell
 * it of their commits, and take over when its lease ends.
 *
 * <p>It reads the set of unpublished rows, never from a watermark on: a transaction that began earlier may commit later.
 * Rows are recorded as published only when the brokers have acknowledged them, and only while the lease is held; a relay
 * that dies in between has its last rows sent again by the next, with the same event ids. While the brokers or the database
 * are away it waits and goes on by itself.
 */
final class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration STANDBY = Duration.ofMillis(500);
    private static final Duration NOTIFY_GAP = Duration.ofMillis(5);
    private static final Duration DATABASE_BACKOFF = Duration.ofMillis(500);
    private static final Duration MAINTENANCE = Duration.ofHours(1);

    private final OutboxTable table;
    private final RelayLease lease;
    private final OutboxArchive archive;
    private final OutboxNotifications notifications;
    private final OutboxSignal signal;
    private final OutboxMeters meters;
    private final OutboxProperties properties;
    private final Producer<byte[], byte[]> producer;
    private final CompletableFuture<?> topicsReady;
    private final String source;
    private final Tracer tracer;

    private volatile boolean running;
    private volatile Set<LaneKey> failing = Set.of();
    private volatile @Nullable Thread thread;
    private @Nullable RelaySession session;
    private long lastMaintenanceNanos;
    private long lastReadNanos;
    private long commitsSeen;
    private boolean moreToRead;

    OutboxRelay(
            OutboxTable table,
            RelayLease lease,
            OutboxArchive archive,
            OutboxNotifications notifications,
            OutboxSignal signal,
            OutboxMeters meters,
            OutboxProperties properties,
            Producer<byte[], byte[]> producer,
            CompletableFuture<?> topicsReady,
            String source,
            Tracer tracer) {
        this.table = table;
        this.lease = lease;
        this.archive = archive;
        this.notifications = notifications;
        this.signal = signal;
        this.meters = meters;
        this.properties = properties;
        this.producer = producer;
        this.topicsReady = topicsReady;
        this.source = source;
        this.tracer = tracer;
        meters.failing(this);
    }

    @Override
    public void start() {
        running = true;
        var _ = topicsReady.thenRun(signal::raise);
        thread = Thread.ofPlatform().name("outbox-relay").start(this::run);
    }

    /** Ends after what is on its way has been answered and recorded, and gives the lease back. */
    @Override
    public void stop() {
        running = false;
        signal.raise();
        Thread relay = thread;
        if (relay != null) {
            try {
                relay.join(properties.leaseFor());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Whether its thread lives; one that publishes or stands by does. */
    boolean isAlive() {
        Thread relay = thread;
        return relay != null && relay.isAlive();
    }

    boolean publishes() {
        return lease.isHeld();
    }

    /** Lanes with an event that could not be published when it was last tried; empty where another publishes. */
    Set<LaneKey> failing() {
        return failing;
    }

    /** Before web server and consumers, hence stopped after them: what they commit last is still published. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        try {
            while (running) {
                turn();
            }
            windDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            notifications.close();
        }
    }

    private void turn() throws InterruptedException {
        try {
            if (!topicsReady.isDone()) {
                signal.await(properties.pollEvery());
            } else if (holdsLease()) {
                publish();
            } else {
                standBy();
            }
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().log("outbox not reachable, trying again: {}", e.toString());
            signal.await(DATABASE_BACKOFF);
        } catch (RuntimeException e) {
            // A fault of ours must not end publishing for good: the next turn begins anew with what the table holds.
            log.atError().log("the relay failed and begins anew", e);
            session = null;
            signal.await(DATABASE_BACKOFF);
        }
    }

    private boolean holdsLease() {
        OptionalLong epoch = lease.hold();
        if (epoch.isEmpty()) {
            session = null;
            failing = Set.of();
            return false;
        }
        RelaySession present = session;
        if (present == null || present.epoch() != epoch.getAsLong()) {
            archive.maintain();
            lastMaintenanceNanos = System.nanoTime();
            session = new RelaySession(epoch.getAsLong(), source, producer, signal, meters, tracer);
            moreToRead = true;
            meters.tookOver();
            log.atInfo().addKeyValue("epoch", epoch.getAsLong()).log("this instance publishes the outbox");
        }
        return true;
    }

    private void publish() throws InterruptedException {
        RelaySession present = session;
        if (present == null) {
            return;
        }
        if (System.nanoTime() - lastMaintenanceNanos > MAINTENANCE.toNanos()) {
            archive.maintain();
            lastMaintenanceNanos = System.nanoTime();
        }
        notifications.listen();
        boolean worked = present.settle();
        record(present);
        if (present.letGo()) {
            moreToRead = true;
        }
        failing = Set.copyOf(present.failing());
        worked |= read(present);
        if (worked) {
            OutboxSignal.gather(properties.gatherFor());
        } else {
            signal.await(
                    present.heldBack().isEmpty() && !present.brokersAreAway()
                            ? idleWait()
                            : NOTIFY_GAP.multipliedBy(10));
        }
    }

    /** Not so long that the lease would run out beside nothing to do. */
    private Duration idleWait() {
        Duration renewal = properties.leaseFor().dividedBy(3);
        return properties.pollEvery().compareTo(renewal) < 0 ? properties.pollEvery() : renewal;
    }

    private void record(RelaySession present) {
        List<Long> acknowledged = present.acknowledged();
        if (acknowledged.isEmpty()) {
            return;
        }
        if (table.markPublished(acknowledged, present.epoch())) {
            present.recorded();
        } else {
            log.atWarn().addKeyValue("epoch", present.epoch()).log("the lease has passed to another instance");
            lease.lost();
            session = null;
        }
    }

    /** Reads only when something may be there: a signal, a lane let go, a full page before, or the safety net. */
    private boolean read(RelaySession present) {
        long commits = signal.commits() + notifications.received();
        boolean due = System.nanoTime() - lastReadNanos > properties.pollEvery().toNanos();
        if (!due && !moreToRead && commits == commitsSeen) {
            return false;
        }
        int room = properties.batch() - present.known().size();
        if (room <= 0 || present.brokersAreAway() || lease.remaining().compareTo(properties.deliverWithin()) <= 0) {
            return false;
        }
        List<OutboxTable.Row> rows = table.unpublished(present.known(), present.heldBack(), room);
        commitsSeen = commits;
        lastReadNanos = System.nanoTime();
        present.take(rows);
        moreToRead = rows.size() == room || present.brokersAreAway();
        return !rows.isEmpty();
    }

    private void standBy() throws InterruptedException {
        notifications.close();
        signal.await(STANDBY);
        long commits = signal.commits();
        if (commits != commitsSeen && !lease.isHeld()) {
            commitsSeen = commits;
            notifications.send();
            OutboxSignal.gather(NOTIFY_GAP);
        }
    }

    private void windDown() throws InterruptedException {
        RelaySession present = session;
        long endNanos = System.nanoTime() + properties.deliverWithin().toNanos();
        try {
            while (present != null && present.hasWork() && System.nanoTime() < endNanos) {
                present.settle();
                record(present);
                if (present.heldBack().isEmpty() && present.hasWork()) {
                    signal.await(NOTIFY_GAP);
                } else {
                    break;
                }
            }
            lease.release();
        } catch (DataAccessException | TransactionException e) {
            log.atWarn().log("lease not given back, it ends by itself: {}", e.toString());
        }
    }
}
