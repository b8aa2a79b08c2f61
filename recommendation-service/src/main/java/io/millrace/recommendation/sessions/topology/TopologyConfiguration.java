package io.millrace.recommendation.sessions.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.catalogue.Topics;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.consumer.ConsumerProperties;
import io.millrace.messaging.topics.TopicProperties;
import io.millrace.messaging.topics.TopicSpec;
import io.millrace.streams.ManagedStreams;
import io.millrace.streams.StreamsApplication;
import io.millrace.streams.StreamsHealth;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The session topology as part of the application. */
@Configuration(proxyBeanMethods = false)
class TopologyConfiguration {

    @Bean
    ManagedStreams sessionStreams(
            EventCodec codec,
            MeterRegistry meters,
            StreamsProperties properties,
            KafkaConnectionDetails kafka,
            TopicProperties topics,
            ConsumerProperties consumer,
            Clock clock) {
        SessionMeters sessionMeters = new SessionMeters(meters);
        StreamsApplication sessions = new StreamsApplication(
                "sessions",
                SessionTopology.APPLICATION,
                () -> SessionTopology.of(codec, sessionMeters, properties.visitors()),
                List.of(
                        TopicSpec.of(Topics.CLICKSTREAM_EVENTS, topics.retentionBytes()),
                        TopicSpec.deadLetters(
                                Topics.CLICKSTREAM_EVENTS, SessionTopology.APPLICATION, consumer.deadLetterMaxBytes()),
                        TopicSpec.of(Topics.RECOMMENDATION_SESSIONS, topics.retentionBytes()),
                        SessionTopology.changelog()));
        return new ManagedStreams(
                sessions, properties, kafka.getBootstrapServers(), topics.replication(), meters, clock);
    }

    /** Whether clicks are being put into sessions: recommendations are answered by HTTP all the same. */
    @Bean
    StreamsHealth sessionsHealthIndicator(ManagedStreams sessionStreams) {
        return new StreamsHealth(sessionStreams);
    }
}
