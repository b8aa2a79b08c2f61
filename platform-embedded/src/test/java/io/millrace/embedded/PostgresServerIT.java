package io.millrace.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    @Test
    void keepsCommitsOverKillAndRestart() throws SQLException {
        try (PostgresServer server =
                PostgresServer.start(PostgresSettings.throwAway().withDurable(true))) {
            DatabaseAccess database = server.createDatabase("orders", "orders", "secret");
            execute(database, "CREATE TABLE fact (id int)");
            try (Connection open = connect(database);
                    Statement statement = open.createStatement()) {
                statement.execute("INSERT INTO fact VALUES (1)");

                server.kill();
                assertThat(server.isAlive()).isFalse();
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
            }
            server.restart();

            execute(database, "INSERT INTO fact VALUES (2)");
            assertThat(number(database, "SELECT sum(id) FROM fact")).isEqualTo(3);
        }
    }

    @Test
    void keepsDataOverCleanStopAndAnotherHandle(@TempDir Path directory) throws SQLException {
        PostgresSettings settings =
                PostgresSettings.in(directory).withLogicalReplication(true).withParameter("max_connections", "30");
        try (PostgresServer server = PostgresServer.start(settings)) {
            execute(server.createDatabase("orders", "orders", "secret"), "CREATE TABLE fact AS SELECT 7 AS id");
            server.stop();
            assertThat(server.isAlive()).isFalse();
        }
        try (PostgresServer server = PostgresServer.start(settings)) {
            DatabaseAccess database = server.createDatabase("orders", "orders", "another secret");
            assertThat(number(database, "SELECT id FROM fact")).isEqualTo(7);
            assertThat(text(database, "SHOW wal_level")).isEqualTo("logical");
            assertThat(text(database, "SHOW max_connections")).isEqualTo("30");
            assertThat(text(database, "SHOW fsync")).isEqualTo("on");
        }
    }

    @Test
    void answersAgainAfterPauseAndResume() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresSettings.throwAway());
                Connection connection = connect(server.createDatabase("orders", "orders", "secret"));
                Statement statement = connection.createStatement()) {
            server.pause();
            CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("SELECT 1");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(server.access().answers()).isFalse();
            assertThat(answer).isNotDone();

            server.resume();

            assertThat(answer.get(30, SECONDS)).isTrue();
        }
    }

    @Test
    void startsTwoAtOnceAndDeletesThrowAwayDataAtClose() throws Exception {
        List<PostgresSettings> settings = List.of(PostgresSettings.throwAway(), PostgresSettings.throwAway());
        List<CompletableFuture<PostgresServer>> starts = settings.stream()
                .map(one -> CompletableFuture.supplyAsync(() -> PostgresServer.start(one)))
                .toList();
        try (PostgresServer first = starts.get(0).get(90, SECONDS);
                PostgresServer second = starts.get(1).get(90, SECONDS)) {
            assertThat(first.port()).isNotEqualTo(second.port());
            assertThat(second.access().answers()).isTrue();
        }
        assertThat(settings).allSatisfy(one -> assertThat(one.directory()).doesNotExist());
    }

    @Test
    void givesEachRoleItsOwnDatabaseOnly() throws SQLException {
        try (PostgresServer server = PostgresServer.start(PostgresSettings.throwAway())) {
            DatabaseAccess orders = server.createDatabase("orders", "orders", "it's secret");
            DatabaseAccess fraud = server.createDatabase("fraud", "fraud", "other");

            execute(orders, "CREATE TABLE fact (id int)");
            execute(fraud, "CREATE TABLE fact (id int)");
            for (String others : List.of("fraud", "postgres", "template1")) {
                DatabaseAccess foreign = new DatabaseAccess(server.jdbcUrl(others), "orders", "it's secret");
                assertThatThrownBy(() -> connect(foreign)).hasMessageContaining("permission denied for database");
            }
            DatabaseAccess wrong = new DatabaseAccess(orders.jdbcUrl(), "orders", "wrong");
            assertThatThrownBy(() -> connect(wrong)).hasMessageContaining("password authentication failed");
            assertThat(text(orders, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(number(orders, "SELECT ('Z' < 'a')::int")).isEqualTo(1);
        }
    }

    @Test
    void createsTheSameDatabaseFromSeveralThreadsAtOnce() {
        try (PostgresServer server = PostgresServer.start(PostgresSettings.throwAway())) {
            List<CompletableFuture<DatabaseAccess>> all = IntStream.range(0, 6)
                    .mapToObj(i ->
                            CompletableFuture.supplyAsync(() -> server.createDatabase("orders", "orders", "secret")))
                    .toList();
            assertThat(all)
                    .allSatisfy(
                            one -> assertThat(one.get(60, SECONDS).username()).isEqualTo("orders"));
        }
    }

    @Test
    void refusesDataThatAnotherLivingServerUses(@TempDir Path directory) {
        PostgresSettings settings = PostgresSettings.in(directory);
        try (PostgresServer server = PostgresServer.start(settings)) {
            assertThatThrownBy(() -> PostgresServer.start(settings))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("already runs")
                    .hasMessageContaining(String.valueOf(server.pid()));
            assertThat(server.access().answers()).isTrue();
        }
    }

    @Test
    void showsTheEndOfTheLogWhenItDoesNotComeUp() {
        PostgresSettings settings = PostgresSettings.throwAway().withParameter("no_such_setting", "1");
        assertThatThrownBy(() -> PostgresServer.start(settings))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("ended with exit code")
                .hasMessageContaining("no_such_setting");
        assertThat(settings.directory()).doesNotExist();
    }

    private static Connection connect(DatabaseAccess database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static void execute(DatabaseAccess database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(DatabaseAccess database, String query) throws SQLException {
        return Integer.parseInt(text(database, query));
    }

    private static String text(DatabaseAccess database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
