package io.millrace.testing.infra;

import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.KafkaSettings;
import java.util.List;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Gives a Spring Boot test a broker of its own, which it may kill and pause, beside the fresh database of
 * {@link RealInfrastructure}: {@code @Import({RealInfrastructure.class, OwnBroker.class})}. Costs a few seconds a
 * context; always a child process, never a container.
 */
@Configuration(proxyBeanMethods = false)
public class OwnBroker {

    /** For Spring. */
    public OwnBroker() {}

    /** The broker; it ends with the context. */
    @Bean(destroyMethod = "close")
    KafkaServer ownKafkaServer() {
        return KafkaServer.start(KafkaSettings.throwAway());
    }

    @Bean
    @Primary
    KafkaConnectionDetails ownBrokerConnection(KafkaServer server) {
        return () -> List.of(server.bootstrapServers());
    }
}
