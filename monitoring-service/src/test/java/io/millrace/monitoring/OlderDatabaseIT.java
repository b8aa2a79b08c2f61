package io.millrace.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.testing.infra.TestPostgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of an earlier version is taken over. */
class OlderDatabaseIT {

    @Test
    void losesTheTablesOfAnOutboxThatWasNeverUsed() {
        DatabaseAccess access = TestPostgres.freshDatabase("monitoring");
        DriverManagerDataSource database =
                new DriverManagerDataSource(access.jdbcUrl(), access.username(), access.password());
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/messaging", "classpath:db/migration")
                .target(MigrationVersion.fromVersion("100"))
                .load()
                .migrate();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        assertThat(jdbc.queryForList("select to_regclass('outbox')::text", String.class))
                .containsExactly("outbox");

        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .ignoreMigrationPatterns("*:missing")
                .load()
                .migrate();

        assertThat(jdbc.queryForList("select relname from pg_class where relname like 'outbox%'", String.class))
                .isEmpty();
        assertThat(jdbc.queryForList("select to_regclass('event')::text", String.class))
                .containsExactly("event");
    }
}
