package io.millrace.telemetry.metric;

import io.millrace.telemetry.ship.Shipment;
import io.millrace.telemetry.ship.Signal;
import io.millrace.telemetry.ship.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A snapshot of the meters every so often, and one at the end. */
public final class MetricSource implements Source {

    private final MetricSnapshots snapshots;
    private final Duration every;
    private final InstantSource clock;
    private Instant due;
    private boolean ended;

    /**
     * @param snapshots what is sent
     * @param every how often
     */
    public MetricSource(MetricSnapshots snapshots, Duration every, InstantSource clock) {
        this.snapshots = snapshots;
        this.every = every;
        this.clock = clock;
        this.due = clock.instant().plus(every);
    }

    @Override
    public Signal signal() {
        return Signal.METRICS;
    }

    @Override
    public Optional<Shipment> next(boolean stopping) {
        Instant now = clock.instant();
        if (ended || (!stopping && now.isBefore(due))) {
            return Optional.empty();
        }
        ended = stopping;
        due = now.plus(every);
        return snapshots.take(now);
    }

    @Override
    public int waiting() {
        return 0;
    }
}
