package io.millrace.testing.infra;

import io.millrace.embedded.PostgresAccess;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same servers as containers. They go with this JVM, also where Testcontainers' own reaper is switched off. */
final class Containers {

    private static final String KAFKA_IMAGE = "apache/kafka:4.3.1";
    private static final String POSTGRES_IMAGE = "postgres:18";
    private static final String SUPERUSER = "postgres";

    private Containers() {}

    /** Starts a broker and returns where clients connect. */
    static String startKafka() {
        KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        start(kafka);
        return kafka.getBootstrapServers();
    }

    /** Starts a server as ours is: sorted by bytes, not durable. */
    static PostgresAccess startPostgres() {
        PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES_IMAGE)
                .withUsername(SUPERUSER)
                .withPassword(SUPERUSER)
                .withEnv("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C")
                .withCommand(
                        "postgres", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "max_connections=200");
        start(postgres);
        return new PostgresAccess(
                postgres.getHost(), postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), SUPERUSER, SUPERUSER);
    }

    private static void start(GenericContainer<?> container) {
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop, "stop-container"));
        container.start();
    }
}
