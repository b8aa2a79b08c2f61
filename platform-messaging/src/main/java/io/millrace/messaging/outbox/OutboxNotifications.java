package io.millrace.messaging.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells the relay that holds the lease of commits made by other instances: LISTEN on a connection of its own, NOTIFY in
 * transactions of their own. Within the placing transaction a NOTIFY would serialise all commits of the database, as
 * PostgreSQL takes one lock for it until the commit is done.
 *
 * <p>Only a hint: a lost notification costs latency up to the relay's next poll, nothing else.
 */
final class OutboxNotifications {

    private static final Logger log = LoggerFactory.getLogger(OutboxNotifications.class);
    private static final String CHANNEL = "outbox";
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final JdbcTemplate jdbc;
    private final Connections connections;
    private final OutboxSignal signal;
    private final AtomicLong received = new AtomicLong();
    private @Nullable Listener listener;
    private long lastAttemptNanos = System.nanoTime() - RETRY.toNanos();

    /** Opens a connection that is not the pool's: it is held as long as the lease. */
    interface Connections {
        Connection open() throws SQLException;
    }

    OutboxNotifications(JdbcTemplate jdbc, Connections connections, OutboxSignal signal) {
        this.jdbc = jdbc;
        this.connections = connections;
        this.signal = signal;
    }

    /** Tells the holder of the lease that there is something to publish. */
    void send() {
        jdbc.execute("notify " + CHANNEL);
    }

    /** How many notifications have come so far. */
    long received() {
        return received.get();
    }

    /** Listens from now on, if it does not yet; tried again every two seconds while it fails. */
    void listen() {
        Listener present = listener;
        if (present != null && present.isOpen()) {
            return;
        }
        if (System.nanoTime() - lastAttemptNanos < RETRY.toNanos()) {
            return;
        }
        lastAttemptNanos = System.nanoTime();
        try {
            listener = Listener.open(connections, () -> {
                received.incrementAndGet();
                signal.raise();
            });
        } catch (SQLException e) {
            log.debug("not listening for commits of other instances", e);
        }
    }

    /** Listens no more. */
    void close() {
        Listener present = listener;
        listener = null;
        if (present != null) {
            present.close();
        }
    }

    private record Listener(Connection connection) {

        static Listener open(Connections connections, Runnable onNotification) throws SQLException {
            Connection connection = connections.open();
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
            }
            Listener listener = new Listener(connection);
            Thread.ofVirtual().name("outbox-listen").start(() -> listener.run(onNotification));
            return listener;
        }

        private void run(Runnable onNotification) {
            try {
                PGConnection postgres = connection.unwrap(PGConnection.class);
                while (!connection.isClosed()) {
                    PGNotification[] notifications = postgres.getNotifications((int) WAIT.toMillis());
                    if (notifications != null && notifications.length > 0) {
                        onNotification.run();
                    }
                }
            } catch (SQLException e) {
                log.debug("listening ended", e);
                close();
            }
        }

        boolean isOpen() {
            try {
                return !connection.isClosed();
            } catch (SQLException e) {
                return false;
            }
        }

        void close() {
            try {
                // Not close(): that would wait for the thread that reads.
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("connection of the listener not closed cleanly", e);
            }
        }
    }
}
