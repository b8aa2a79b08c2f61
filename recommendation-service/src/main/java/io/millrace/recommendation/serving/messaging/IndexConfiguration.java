package io.millrace.recommendation.serving.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.KafkaClients;
import io.millrace.messaging.consumer.ConsumerProperties;
import io.millrace.messaging.topics.PublishedTopics;
import io.millrace.messaging.topics.TopicProperties;
import io.millrace.messaging.topics.TopicProvisioner;
import io.millrace.messaging.topics.TopicSpec;
import io.millrace.recommendation.serving.RecommendationIndex;
import io.millrace.recommendation.serving.ServingProperties;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The index's reader as part of the application. */
@Configuration(proxyBeanMethods = false)
class IndexConfiguration {

    private static final int MOST_AT_ONCE = 2_000;

    @Bean
    PublishedTopics recommendationTopics() {
        return new PublishedTopics(List.of(Topics.CLICKSTREAM_EVENTS, Topics.RECOMMENDATION_SESSIONS));
    }

    /** Topics the index reads are created like those the service writes: whichever service is first. */
    @Bean(defaultCandidate = false)
    TopicProvisioner indexTopics(KafkaConnectionDetails kafka, TopicProperties topics, ConsumerProperties consumer) {
        List<TopicSpec> specs = IndexRecords.TOPICS.stream()
                .flatMap(topic -> Stream.of(
                        TopicSpec.of(topic, topics.retentionBytes()),
                        TopicSpec.deadLetters(topic, IndexDeadLetters.GROUP, consumer.deadLetterMaxBytes())))
                .toList();
        return new TopicProvisioner(kafka.getBootstrapServers(), specs, topics.replication());
    }

    @Bean
    IndexRecords indexRecords(
            RecommendationIndex index,
            EventCodec codec,
            Producer<byte[], byte[]> eventProducer,
            Clock clock,
            MeterRegistry meters) {
        return new IndexRecords(index, codec, new IndexDeadLetters(eventProducer, clock, meters), clock, meters);
    }

    @Bean
    IndexReader indexReader(
            IndexRecords records,
            RecommendationIndex index,
            ServingProperties properties,
            @Qualifier("indexTopics") TopicProvisioner topics,
            KafkaConnectionDetails kafka,
            Clock clock) {
        Map<String, Object> configuration = configuration(kafka.getBootstrapServers());
        return new IndexReader(
                () -> new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                records,
                index,
                properties,
                topics,
                clock);
    }

    /** For readiness: answers would be poor before the first read. */
    @Bean
    IndexHealth indexHealthIndicator(IndexReader reader) {
        return new IndexHealth(reader::isReady);
    }

    /** For alerting: answers grow stale. */
    @Bean
    IndexHealth readerHealthIndicator(IndexReader reader) {
        return new IndexHealth(reader::isReading);
    }

    private static Map<String, Object> configuration(List<String> brokers) {
        Map<String, Object> configuration = KafkaClients.reaching(brokers);
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
        // A restarting broker is asked again soon: stock that is gone must disappear.
        configuration.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return configuration;
    }
}
