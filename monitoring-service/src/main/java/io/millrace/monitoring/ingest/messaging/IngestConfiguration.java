package io.millrace.monitoring.ingest.messaging;

import io.millrace.messaging.KafkaClients;
import io.millrace.messaging.consumer.ConsumerProperties;
import io.millrace.messaging.outbox.OutboxProperties;
import io.millrace.messaging.topics.TopicProperties;
import io.millrace.messaging.topics.TopicProvisioner;
import io.millrace.monitoring.ingest.IngestMeters;
import io.millrace.monitoring.ingest.IngestProperties;
import io.millrace.monitoring.ingest.IngestWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The consumers, and the topics they need. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {

    /** Beside the one of platform-messaging, which makes nothing here: this service publishes and subscribes to no topic. */
    @Bean(defaultCandidate = false)
    TopicProvisioner ingestTopics(KafkaConnectionDetails kafka, TopicProperties topics, ConsumerProperties consumer) {
        return new TopicProvisioner(
                kafka.getBootstrapServers(),
                IngestTopics.specs(topics.retentionBytes(), consumer.deadLetterMaxBytes()),
                topics.replication());
    }

    @Bean(destroyMethod = "close")
    Admin brokers(KafkaConnectionDetails kafka) {
        Map<String, Object> configuration = KafkaClients.reaching(kafka.getBootstrapServers());
        configuration.put(CommonClientConfigs.CLIENT_ID_CONFIG, "monitoring-service");
        return Admin.create(configuration);
    }

    @Bean
    Ingestion ingestion(
            KafkaConnectionDetails kafka,
            Admin brokers,
            IngestWriter writer,
            IngestMeters meters,
            Producer<byte[], byte[]> eventProducer,
            OutboxProperties delivery,
            ConsumerProperties consumer,
            IngestProperties ingest,
            Clock clock,
            @Qualifier("ingestTopics") TopicProvisioner ingestTopics) {
        DeadLetters deadLetters =
                new DeadLetters(eventProducer, delivery.deliverWithin(), consumer.deadLetterMaxBytes(), clock);
        BiFunction<List<String>, Integer, IngestConsumer> reader = (topics, maxPoll) -> new IngestConsumer(
                topics,
                budget -> new KafkaConsumer<>(
                        configuration(kafka, consumer, ingest, maxPoll), new ByteArrayDeserializer(), budget),
                new PollBudget(ingest.pollBytes().toBytes()),
                new Brokers(brokers),
                writer,
                new PollStore(writer, deadLetters, meters, ingest),
                ingest.backoff(),
                consumer.sessionTimeout());
        return new Ingestion(
                () -> List.of(
                        reader.apply(IngestTopics.business(), ingest.maxPollEvents()),
                        reader.apply(IngestTopics.telemetry(), ingest.maxPollRequests())),
                ingestTopics.ready());
    }

    @Bean
    IngestHealth ingestHealthIndicator(Ingestion ingestion) {
        return new IngestHealth(ingestion);
    }

    private static Map<String, Object> configuration(
            KafkaConnectionDetails kafka, ConsumerProperties consumer, IngestProperties ingest, int maxPoll) {
        Map<String, Object> configuration = KafkaClients.reaching(kafka.getBootstrapServers());
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, IngestTopics.GROUP);
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPoll);
        configuration.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int)
                ingest.fetchMaxBytes().toBytes());
        configuration.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, (int)
                ingest.gatherBytes().toBytes());
        configuration.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int)
                ingest.gatherFor().toMillis());
        configuration.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                consumer.sessionTimeout().toMillis());
        configuration.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return configuration;
    }
}
