package io.millrace.testing.infra;

import io.millrace.embedded.DatabaseAccess;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Connects a Spring Boot test to the shared broker and to a fresh database on the shared PostgreSQL, one for each
 * context: {@code @SpringBootTest @Import(RealInfrastructure.class)}.
 *
 * <p>Topics of the catalogue and consumer groups are the same for all contexts of a JVM. Tests that can't live with what
 * others wrote take {@link OwnBroker}.
 */
@Configuration(proxyBeanMethods = false)
public class RealInfrastructure {

    /** For Spring. */
    public RealInfrastructure() {}

    /** Where there is JDBC. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JdbcConnectionDetails.class)
    static class Database {

        @Bean
        JdbcConnectionDetails freshDatabase(Environment environment) {
            String application = environment.getProperty("spring.application.name", "test");
            return new Connection(TestPostgres.freshDatabase(application));
        }
    }

    /** Where there is Kafka. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(KafkaConnectionDetails.class)
    static class Broker {

        @Bean
        KafkaConnectionDetails sharedBroker() {
            return () -> List.of(TestKafka.bootstrapServers());
        }
    }

    private record Connection(DatabaseAccess database) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return database.jdbcUrl();
        }

        @Override
        public String getUsername() {
            return database.username();
        }

        @Override
        public String getPassword() {
            return database.password();
        }
    }
}
