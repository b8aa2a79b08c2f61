package io.millrace.monitoring;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.embedded.DatabaseAccess;
import io.millrace.testing.infra.TestPostgres;
import java.time.Clock;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Components of the service on a database of their own, without broker and HTTP. */
public final class FreshStore implements AutoCloseable {

    private final HikariDataSource source = new HikariDataSource();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    private FreshStore() {}

    /** A migrated database and components on it. */
    public static FreshStore with(Clock clock, Object properties, Class<?>... components) {
        FreshStore store = new FreshStore();
        DatabaseAccess access = TestPostgres.freshDatabase("monitoring");
        store.source.setJdbcUrl(access.jdbcUrl());
        store.source.setUsername(access.username());
        store.source.setPassword(access.password());
        store.source.setMaximumPoolSize(4);
        Flyway.configure()
                .dataSource(store.source)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        store.context.registerBean(Clock.class, () -> clock);
        store.context.registerBean(MeterRegistry.class, () -> new SimpleMeterRegistry());
        store.context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(store.source));
        store.context.registerBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(store.source));
        registerSingleton(store.context, properties);
        Arrays.stream(components).forEach(store.context::register);
        store.context.refresh();
        return store;
    }

    private static void registerSingleton(AnnotationConfigApplicationContext context, Object properties) {
        context.getBeanFactory().registerSingleton("properties", properties);
    }

    /** A component. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** For looking at tables. */
    public JdbcTemplate jdbc() {
        return get(JdbcTemplate.class);
    }

    /** How many rows a query counts. */
    public long count(String table) {
        Long count = jdbc().queryForObject("select count(*) from " + table, Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        context.close();
        source.close();
    }
}
