package io.millrace.benchmarks;

import io.millrace.embedded.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the machine can do at best: orders written to PostgreSQL and nothing else. Eight connections, prepared statements, one
 * transaction an order: the order, three lines and an outbox row, five statements and a durable commit.
 */
final class OrderLimit {

    private static final int CONNECTIONS = 8;
    private static final int LINES = 3;
    private static final String TABLES = """
            create table if not exists limit_orders (
                id uuid primary key, customer text not null, status text not null, total bigint not null,
                placed_at timestamptz not null default clock_timestamp());
            create table if not exists limit_lines (
                order_id uuid not null, line int not null, sku text not null, quantity int not null, price bigint not null,
                primary key (order_id, line));
            create table if not exists limit_outbox (
                id bigint generated always as identity primary key, topic text not null, key text not null,
                payload bytea not null, created_at timestamptz not null default clock_timestamp());
            """;

    private final DatabaseAccess database;

    /** In a database of its own, in the same server. */
    OrderLimit(DatabaseAccess database) {
        this.database = database;
    }

    void createTables() throws SQLException {
        try (Connection connection = open();
                var statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }

    /** Orders per second over some time. */
    double perSecond(Duration length) throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        long end = began + length.toNanos();
        long orders = 0;
        try (ExecutorService writers = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Callable<Long>> tasks = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                tasks.add(() -> write(end));
            }
            for (Future<Long> written : writers.invokeAll(tasks)) {
                orders += written.get();
            }
        }
        return orders / ((System.nanoTime() - began) / 1e9);
    }

    private long write(long end) throws SQLException {
        byte[] payload = new byte[500]; // what the event of a placed order has
        long written = 0;
        try (Connection connection = open();
                PreparedStatement order = connection.prepareStatement(
                        "insert into limit_orders (id, customer, status, total) values (?, ?, 'PENDING', ?)");
                PreparedStatement line = connection.prepareStatement(
                        "insert into limit_lines (order_id, line, sku, quantity, price) values (?, ?, ?, ?, ?)");
                PreparedStatement event = connection.prepareStatement(
                        "insert into limit_outbox (topic, key, payload) values (?, ?, ?)")) {
            connection.setAutoCommit(false);
            while (System.nanoTime() < end) {
                UUID id = UUID.randomUUID();
                order.setObject(1, id);
                order.setString(2, "customer-" + written);
                order.setLong(3, 5_000);
                order.executeUpdate();
                for (int i = 0; i < LINES; i++) {
                    line.setObject(1, id);
                    line.setInt(2, i);
                    line.setString(3, "SKU-" + i);
                    line.setInt(4, 1);
                    line.setLong(5, 1_000);
                    line.executeUpdate();
                }
                event.setString(1, "order.events.v1");
                event.setString(2, id.toString());
                event.setBytes(3, payload);
                event.executeUpdate();
                connection.commit();
                written++;
            }
        }
        return written;
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
