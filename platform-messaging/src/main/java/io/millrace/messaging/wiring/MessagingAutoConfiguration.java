package io.millrace.messaging.wiring;

import io.millrace.events.OpaqueTopic;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.KafkaClients;
import io.millrace.messaging.consumer.BatchSubscription;
import io.millrace.messaging.consumer.ConsumerProperties;
import io.millrace.messaging.outbox.OutboxProperties;
import io.millrace.messaging.topics.PublishedTopics;
import io.millrace.messaging.topics.TopicProperties;
import io.millrace.messaging.topics.TopicProvisioner;
import io.millrace.messaging.topics.TopicSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;

/**
 * What outbox and consumers share, and a service without a database has too: codec, producer, and the topics that are to
 * exist.
 */
@AutoConfiguration
@EnableConfigurationProperties({TopicProperties.class, ConsumerProperties.class, OutboxProperties.class})
public class MessagingAutoConfiguration {

    private static final int LARGEST_REQUEST = 4 * 1024 * 1024;

    @Bean
    EventCodec eventCodec() {
        return new EventCodec();
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The one producer of the service: idempotent, acknowledged by all replicas in sync. */
    @Bean(destroyMethod = "close")
    Producer<byte[], byte[]> eventProducer(KafkaConnectionDetails kafka, OutboxProperties outbox) {
        int deliverMillis = (int) outbox.deliverWithin().toMillis();
        Map<String, Object> configuration = KafkaClients.reaching(kafka.getBootstrapServers());
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        configuration.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        configuration.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliverMillis);
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, deliverMillis / 2);
        // A topic that can't be reached must not hold up the caller: the record fails and is tried again later.
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        configuration.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        return new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Bean
    TopicProvisioner topicProvisioner(
            KafkaConnectionDetails kafka,
            ObjectProvider<PublishedTopics> published,
            ObjectProvider<BatchSubscription> subscriptions,
            ObjectProvider<OpaqueTopic> opaque,
            TopicProperties properties,
            ConsumerProperties consumer) {
        List<TopicSpec> specs = new ArrayList<>();
        published.forEach(bean ->
                bean.topics().forEach(topic -> specs.add(TopicSpec.of(topic, properties.retentionBytes()))));
        opaque.forEach(topic -> specs.add(TopicSpec.of(topic, properties.retentionBytes())));
        for (BatchSubscription subscription : subscriptions) {
            subscription.topics().forEach(topic -> {
                specs.add(TopicSpec.of(topic, properties.retentionBytes()));
                specs.add(TopicSpec.deadLetters(topic, subscription.group(), consumer.deadLetterMaxBytes()));
            });
        }
        return new TopicProvisioner(
                kafka.getBootstrapServers(), specs.stream().distinct().toList(), properties.replication());
    }
}
