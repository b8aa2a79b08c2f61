package io.millrace.testing.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.embedded.DatabaseAccess;
import io.millrace.embedded.KafkaServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class RealInfrastructureIT {

    @Test
    void givesEachContextADatabaseOfItsOwnOnTheSharedServers() throws SQLException {
        try (var first = new AnnotationConfigApplicationContext(RealInfrastructure.class);
                var second = new AnnotationConfigApplicationContext(RealInfrastructure.class)) {
            JdbcConnectionDetails database = first.getBean(JdbcConnectionDetails.class);
            assertThat(database.getJdbcUrl())
                    .isNotEqualTo(second.getBean(JdbcConnectionDetails.class).getJdbcUrl());
            assertThat(majorVersion(database.getJdbcUrl(), database.getUsername(), database.getPassword()))
                    .isEqualTo(18);
            assertThat(first.getBean(KafkaConnectionDetails.class).getBootstrapServers())
                    .isEqualTo(second.getBean(KafkaConnectionDetails.class).getBootstrapServers())
                    .containsExactly(TestKafka.bootstrapServers());
        }
    }

    @Test
    void givesABrokerOfItsOwnThatEndsWithTheContext() {
        KafkaServer server;
        try (var context = new AnnotationConfigApplicationContext(RealInfrastructure.class, OwnBroker.class)) {
            server = context.getBean(KafkaServer.class);
            List<String> used = context.getBean(KafkaConnectionDetails.class).getBootstrapServers();
            assertThat(used).containsExactly(server.bootstrapServers()).doesNotContain(TestKafka.bootstrapServers());
        }
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void givesEmptyDatabasesWhoseRolesSeeNoOther() throws SQLException {
        DatabaseAccess first = TestPostgres.freshDatabase("order-service");
        DatabaseAccess second = TestPostgres.freshDatabase("order-service");
        assertThat(first.username()).startsWith("order_service_");
        try (Connection connection = DriverManager.getConnection(first.jdbcUrl(), first.username(), first.password())) {
            assertThat(connection.getSchema()).isEqualTo("public");
        }
        DatabaseAccess crossing = new DatabaseAccess(second.jdbcUrl(), first.username(), first.password());
        assertThatThrownBy(
                        () -> DriverManager.getConnection(crossing.jdbcUrl(), crossing.username(), crossing.password()))
                .hasMessageContaining("permission denied");
    }

    private static int majorVersion(String url, @Nullable String username, @Nullable String password)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, username, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_setting('server_version_num')::int / 10000")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
