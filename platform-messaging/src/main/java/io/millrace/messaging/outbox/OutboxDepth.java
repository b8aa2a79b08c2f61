package io.millrace.messaging.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** How many events wait for the brokers and how old the oldest is, read once a second. */
final class OutboxDepth implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxDepth.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** What is published at all is published within milliseconds. */
    private static final double STALLED_SECONDS = 5;

    /** Counts no further than the bound: beyond it the exact figure does not matter and would cost time. */
    private static final String READ = """
            select count(*),
                   coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0),
                   coalesce(extract(epoch from clock_timestamp()
                                               - (select created_at from outbox order by id offset 1000 limit 1)), 0)
              from (select created_at from outbox order by id limit ?) waiting
            """;

    private final JdbcTemplate jdbc;
    private final int bound;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("outbox-depth").daemon().factory());
    private volatile boolean running;
    private volatile Reading reading = new Reading(0, 0, 0);

    OutboxDepth(JdbcTemplate jdbc, OutboxProperties properties, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.bound = properties.bound();
        Gauge.builder("millrace.outbox.events.waiting", this, depth -> depth.reading.events)
                .description("events committed and not yet acknowledged by the brokers; counted up to the bound")
                .register(meters);
        Gauge.builder("millrace.outbox.oldest.age", this, depth -> depth.reading.oldestSeconds)
                .description("age of the oldest event that waits")
                .baseUnit("seconds")
                .register(meters);
    }

    /** The thousandth tells that the brokers are away, where the oldest may be one that they refuse. */
    private record Reading(long events, double oldestSeconds, double thousandthSeconds) {}

    boolean isFull() {
        return reading.events >= bound;
    }

    boolean isStalled() {
        return reading.thousandthSeconds > STALLED_SECONDS;
    }

    @Override
    public void start() {
        running = true;
        var _ = clock.scheduleWithFixedDelay(this::read, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        clock.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void read() {
        try {
            reading = jdbc.query(
                            READ,
                            (rows, _) -> new Reading(rows.getLong(1), rows.getDouble(2), rows.getDouble(3)),
                            bound)
                    .getFirst();
        } catch (DataAccessException e) {
            // The last figure stands: while the database is away nothing can be accepted anyway.
            log.debug("outbox depth not read", e);
        }
    }
}
