package io.millrace.messaging.outbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.embedded.DatabaseAccess;
import io.millrace.events.Topic;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.Sample;
import io.millrace.telemetry.trace.Tracer;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One instance of a service, as far as its outbox goes: its own connections, producer, outbox and relay. */
final class RelayInstance implements AutoCloseable {

    /** Leases short enough that takeovers happen while a test looks. */
    static final OutboxProperties PROPERTIES = new OutboxProperties(
            10,
            1_000,
            Duration.ofSeconds(2),
            Duration.ofMillis(900),
            Duration.ofMillis(3),
            Duration.ofSeconds(1),
            Duration.ofDays(7));

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Outbox outbox;
    final OutboxRelay relay;
    final OutboxHealth health;
    final TransactionTemplate transaction;

    private final HikariDataSource database;
    private final FaultyProducer producer;
    private final OutboxDepth depth;

    RelayInstance(String name, DatabaseAccess access, FaultyProducer producer, OutboxProperties properties) {
        this.database = connect(access);
        this.producer = producer;
        JdbcTemplate jdbc = new JdbcTemplate(database);
        OutboxSignal signal = new OutboxSignal();
        OutboxTable table = new OutboxTable(jdbc);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        this.depth = new OutboxDepth(jdbc, properties, meters);
        this.outbox = new Outbox(table, new EventCodec(), signal, depth, Tracer.off());
        this.relay = new OutboxRelay(
                table,
                new RelayLease(jdbc, name, properties.leaseFor()),
                new OutboxArchive(jdbc, properties.keepPublished(), Clock.systemUTC()),
                new OutboxNotifications(
                        jdbc,
                        () -> DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password()),
                        signal),
                signal,
                new OutboxMeters(meters),
                properties,
                producer,
                CompletableFuture.completedFuture(null),
                name,
                Tracer.off());
        this.health = new OutboxHealth(relay);
        depth.start();
    }

    /** Commits the events in one transaction. */
    void commit(Outgoing<?>... events) {
        transaction.executeWithoutResult(_ -> outbox.append(List.of(events)));
    }

    /** Commits each event in a transaction of its own. */
    void commitEach(Stream<Outgoing<?>> events) {
        events.forEach(this::commit);
    }

    double meter(String name) {
        return meters.get(name).meter().measure().iterator().next().getValue();
    }

    static Outgoing<?> event(Topic<Sample> topic, String aggregate, long sequence) {
        return event(topic, aggregate, sequence, "");
    }

    static Outgoing<?> event(Topic<Sample> topic, String aggregate, long sequence, String ballast) {
        return new Outgoing<>(
                topic,
                aggregate,
                aggregate,
                sequence,
                new Sample.Noted(ballast, (int) sequence),
                Instant.now(),
                aggregate,
                null);
    }

    @Override
    public void close() {
        producer.goOn();
        if (relay.isRunning()) {
            relay.stop();
        }
        depth.stop();
        producer.close();
        database.close();
    }

    private static HikariDataSource connect(DatabaseAccess access) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(access.jdbcUrl());
        config.setUsername(access.username());
        config.setPassword(access.password());
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }
}
