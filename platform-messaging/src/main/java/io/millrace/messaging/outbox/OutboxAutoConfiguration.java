package io.millrace.messaging.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.topics.TopicProvisioner;
import io.millrace.telemetry.trace.Tracer;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** The outbox of a service with a database, and the relay that publishes it. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(OutboxProperties.class)
public class OutboxAutoConfiguration {

    @Bean
    OutboxSignal outboxSignal() {
        return new OutboxSignal();
    }

    @Bean
    OutboxDepth outboxDepth(JdbcTemplate jdbc, OutboxProperties properties, MeterRegistry meters) {
        return new OutboxDepth(jdbc, properties, meters);
    }

    @Bean
    Outbox outbox(JdbcTemplate jdbc, EventCodec codec, OutboxSignal signal, OutboxDepth depth, Tracer tracer) {
        return new Outbox(new OutboxTable(jdbc), codec, signal, depth, tracer);
    }

    /** Tells a person which process it is, and two of the same name and number apart. */
    private static String holder(String source) {
        return source + " pid " + ProcessHandle.current().pid() + " " + UUID.randomUUID();
    }

    @Bean
    OutboxRelay outboxRelay(
            JdbcTemplate jdbc,
            JdbcConnectionDetails connection,
            OutboxSignal signal,
            MeterRegistry meters,
            OutboxProperties properties,
            Producer<byte[], byte[]> eventProducer,
            TopicProvisioner topics,
            Clock clock,
            Tracer tracer,
            Environment environment) {
        String source = environment.getRequiredProperty("spring.application.name");
        OutboxNotifications notifications = new OutboxNotifications(
                jdbc,
                () -> DriverManager.getConnection(
                        connection.getJdbcUrl(), connection.getUsername(), connection.getPassword()),
                signal);
        return new OutboxRelay(
                new OutboxTable(jdbc),
                new RelayLease(jdbc, holder(source), properties.leaseFor()),
                new OutboxArchive(jdbc, properties.keepPublished(), clock),
                notifications,
                signal,
                new OutboxMeters(meters),
                properties,
                eventProducer,
                topics.ready(),
                source,
                tracer);
    }

    @Bean
    OutboxHealth outboxHealthIndicator(OutboxRelay relay) {
        return new OutboxHealth(relay);
    }
}
