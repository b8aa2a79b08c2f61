package io.millrace.testing.infra;

import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The broker that all tests of this JVM share: started at first use, gone with the JVM. It creates no topics by itself.
 *
 * <p>Never to be stopped by a test: whoever wants to break a broker starts a {@link KafkaServer} of his own.
 */
public final class TestKafka {

    private static final long SECONDS = 30;

    private TestKafka() {}

    /** Where clients connect, such as {@code 127.0.0.1:29092}. */
    public static String bootstrapServers() {
        return Shared.BOOTSTRAP_SERVERS;
    }

    /** Creates a topic with the broker's settings. */
    public static void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic.
     *
     * @param configs settings of the topic, such as {@code max.message.bytes}
     * @throws IllegalStateException when it exists, or the broker does not answer within 30 s
     */
    public static void createTopic(String name, int partitions, Map<String, String> configs) {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configs);
        try (Admin admin =
                Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            admin.createTopics(List.of(topic)).all().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("can't create topic " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topic " + name, e);
        }
    }

    /** Started when first touched. */
    private static final class Shared {

        static final String BOOTSTRAP_SERVERS = switch (Infrastructure.current()) {
            case EMBEDDED -> KafkaServer.start(KafkaSettings.throwAway()).bootstrapServers();
            case DOCKER -> Containers.startKafka();
        };

        private Shared() {}
    }
}
