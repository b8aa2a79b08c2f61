package io.millrace.messaging.outbox;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The right to publish a database's outbox: one holder at a time, by the database's clock, with an epoch that grows
 * whenever the holder changes.
 *
 * <p>The holder counts its time on a monotonic clock from before the statement that took or renewed the lease, so it
 * always believes the lease to end earlier than the database does.
 */
final class RelayLease {

    private static final String TAKE = """
            update outbox_lease
               set epoch = epoch + 1, holder = ?, expires_at = clock_timestamp() + make_interval(secs => ?)
             where name = 'relay' and expires_at < clock_timestamp()
            returning epoch
            """;
    private static final String RENEW = """
            update outbox_lease set expires_at = clock_timestamp() + make_interval(secs => ?)
             where name = 'relay' and epoch = ?
            """;
    private static final String RELEASE =
            "update outbox_lease set expires_at = '-infinity' where name = 'relay' and epoch = ?";

    private final JdbcTemplate jdbc;
    private final String holder;
    private final Duration length;
    private volatile @Nullable Held held;

    RelayLease(JdbcTemplate jdbc, String holder, Duration length) {
        this.jdbc = jdbc;
        this.holder = holder;
        this.length = length;
    }

    private record Held(long epoch, long endsNanos) {}

    /**
     * Takes the lease if it is free, renews it when a third of its time is gone.
     *
     * @return the epoch; empty when another holds it
     */
    OptionalLong hold() {
        long now = System.nanoTime();
        Held present = held;
        if (present != null && present.endsNanos - now > length.toNanos() * 2 / 3) {
            return OptionalLong.of(present.epoch);
        }
        Held renewed = present == null ? take(now) : renew(present, now);
        held = renewed;
        return renewed == null ? OptionalLong.empty() : OptionalLong.of(renewed.epoch);
    }

    /** How long this instance may still publish; zero or less when it may not. */
    Duration remaining() {
        Held present = held;
        return present == null ? Duration.ZERO : Duration.ofNanos(present.endsNanos - System.nanoTime());
    }

    boolean isHeld() {
        return remaining().isPositive();
    }

    /** Forgets the lease, as another holder was seen. */
    void lost() {
        held = null;
    }

    /** Gives the lease back, so that another instance need not wait for its end. */
    void release() {
        Held present = held;
        held = null;
        if (present != null) {
            jdbc.update(RELEASE, present.epoch);
        }
    }

    private @Nullable Held take(long now) {
        return jdbc
                .query(TAKE, (rows, _) -> new Held(rows.getLong(1), now + length.toNanos()), holder, seconds())
                .stream()
                .findFirst()
                .orElse(null);
    }

    private @Nullable Held renew(Held present, long now) {
        return jdbc.update(RENEW, seconds(), present.epoch) == 1
                ? new Held(present.epoch, now + length.toNanos())
                : null;
    }

    private double seconds() {
        return length.toMillis() / 1000.0;
    }
}
