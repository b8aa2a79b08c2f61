package io.millrace.recommendation.sessions.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.consumer.ConsumerProperties;
import io.millrace.messaging.topics.TopicProperties;
import io.millrace.messaging.topics.TopicProvisioner;
import io.millrace.messaging.topics.TopicSpec;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The session topology as part of the application. */
@Configuration(proxyBeanMethods = false)
class TopologyConfiguration {

    @Bean
    StreamsFailures streamsFailures(StreamsProperties properties, Clock clock) {
        return new StreamsFailures(properties, clock, () -> Runtime.getRuntime().halt(3));
    }

    @Bean
    SessionStreams sessionStreams(
            EventCodec codec,
            MeterRegistry meters,
            StreamsProperties properties,
            StreamsFailures failures,
            KafkaConnectionDetails kafka,
            TopicProperties topics,
            ConsumerProperties consumer) {
        SessionMeters sessionMeters = new SessionMeters(meters);
        List<TopicSpec> specs = List.of(
                TopicSpec.of(Topics.CLICKSTREAM_EVENTS, topics.retentionBytes()),
                TopicSpec.deadLetters(
                        Topics.CLICKSTREAM_EVENTS, SessionTopology.APPLICATION, consumer.deadLetterMaxBytes()),
                TopicSpec.of(Topics.RECOMMENDATION_SESSIONS, topics.retentionBytes()),
                SessionTopology.changelog());
        return new SessionStreams(
                () -> SessionTopology.of(codec, sessionMeters, properties.visitors()),
                StreamsSettings.of(properties, kafka.getBootstrapServers()),
                new TopicProvisioner(
                        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.getBootstrapServers()),
                        specs,
                        topics.replication()),
                failures,
                meters,
                properties.instanceId() != null);
    }

    @Bean
    SessionHealth sessionsHealthIndicator(SessionStreams streams, StreamsFailures failures) {
        return new SessionHealth(streams, failures);
    }
}
