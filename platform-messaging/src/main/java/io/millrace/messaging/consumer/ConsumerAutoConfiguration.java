package io.millrace.messaging.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.KafkaClients;
import io.millrace.messaging.outbox.OutboxProperties;
import io.millrace.messaging.topics.TopicProvisioner;
import io.millrace.telemetry.trace.Tracer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The batch consumers of a service: one for every {@link BatchSubscription} bean. Each applies a poll in one transaction of the
 * service's database, so that a service without one has none.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties(ConsumerProperties.class)
public class ConsumerAutoConfiguration {

    @Bean
    Subscriptions subscriptions(
            List<BatchSubscription> subscriptions,
            KafkaConnectionDetails kafka,
            EventCodec codec,
            PlatformTransactionManager transactions,
            Producer<byte[], byte[]> eventProducer,
            ConsumerProperties properties,
            OutboxProperties outbox,
            MeterRegistry meters,
            TopicProvisioner topics,
            Clock clock,
            Tracer tracer) {
        return new Subscriptions(
                subscriptions,
                new DefaultKafkaConsumerFactory<>(consumerConfiguration(kafka.getBootstrapServers(), properties)),
                codec,
                new TransactionTemplate(transactions),
                new DeadLetters(eventProducer, outbox.deliverWithin(), clock),
                properties,
                meters,
                topics.ready(),
                clock,
                tracer);
    }

    @Bean
    ConsumingHealth consumersHealthIndicator(Subscriptions subscriptions) {
        return new ConsumingHealth(subscriptions);
    }

    static Map<String, Object> consumerConfiguration(List<String> brokers, ConsumerProperties properties) {
        Map<String, Object> configuration = KafkaClients.reaching(brokers);
        configuration.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.maxPollRecords());
        configuration.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                properties.sessionTimeout().toMillis());
        configuration.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return configuration;
    }
}
