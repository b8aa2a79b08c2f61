package io.millrace.telemetry.ship;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what its sources have, by one thread: every so often, and at once when a whole batch waits. A shipment the
 * producer has no room for is kept and tried again, while the queues fill and then drop.
 *
 * <p>It stops last, and spends a bounded time on what is left.
 */
public final class Shipper implements SmartLifecycle {

    /** Of the thread; what it logs itself is not shipped. */
    public static final String THREAD = "telemetry";

    private static final Logger log = LoggerFactory.getLogger(Shipper.class);

    private final List<Source> sources;
    private final TelemetryProducer producer;
    private final ShippingMeters meters;
    private final Duration every;
    private final Duration flushWithin;
    private final Map<Signal, Shipment> refused = new EnumMap<>(Signal.class);
    private volatile @Nullable Thread thread;
    private volatile boolean running;
    private boolean away;

    /**
     * @param every how long what waits may wait when there is less of it than a batch
     * @param flushWithin how long stopping may take
     */
    public Shipper(
            List<Source> sources,
            TelemetryProducer producer,
            ShippingMeters meters,
            Duration every,
            Duration flushWithin) {
        this.sources = List.copyOf(sources);
        this.producer = producer;
        this.meters = meters;
        this.every = every;
        this.flushWithin = flushWithin;
    }

    /** Lets the thread look now; never blocks. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name(THREAD).daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        Thread present = thread;
        if (present != null) {
            LockSupport.unpark(present);
            try {
                // The thread keeps to its time; the margin is for a send that has just begun to wait.
                present.join(flushWithin.plus(TelemetryProducer.LONGEST_WAIT));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before everything else, hence stopped after it: the last lines of the others are shipped too. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 100;
    }

    private void run() {
        while (running) {
            turn(false);
            LockSupport.parkNanos(every.toNanos());
        }
        long end = System.nanoTime() + flushWithin.toNanos();
        boolean done = false;
        while (!done && System.nanoTime() - end < 0) {
            done = turn(true);
        }
        producer.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        giveUp();
    }

    /** True when nothing is left. */
    private boolean turn(boolean stopping) {
        boolean done = true;
        for (Source source : sources) {
            done &= drain(source, stopping);
        }
        return done;
    }

    private boolean drain(Source source, boolean stopping) {
        for (Optional<Shipment> next = next(source, stopping); next.isPresent(); next = next(source, stopping)) {
            if (!producer.send(source.signal(), next.get())) {
                refused.put(source.signal(), next.get());
                said(true);
                return false;
            }
            said(false);
        }
        return true;
    }

    private Optional<Shipment> next(Source source, boolean stopping) {
        Shipment again = refused.remove(source.signal());
        if (again != null) {
            return Optional.of(again);
        }
        try {
            return source.next(stopping);
        } catch (RuntimeException e) { // a meter may throw anything; the thread must live on
            log.atWarn().addKeyValue("signal", source.signal().tag()).log("telemetry could not be encoded", e);
            meters.dropped(source.signal(), Drop.NOT_ENCODED, 1);
            return Optional.empty();
        }
    }

    private void said(boolean nowAway) {
        if (away != nowAway) {
            away = nowAway;
            log.atInfo().log(away ? "the brokers take no telemetry, it waits" : "the brokers take telemetry again");
        }
    }

    private void giveUp() {
        refused.forEach((signal, shipment) -> meters.dropped(signal, Drop.STOPPED, shipment.items()));
        for (Source source : sources) {
            if (source.waiting() > 0) {
                meters.dropped(source.signal(), Drop.STOPPED, source.waiting());
            }
        }
    }
}
