package io.millrace.fraud.scoring.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.catalogue.Topics;
import io.millrace.fraud.scoring.RuleScorer;
import io.millrace.fraud.scoring.ScoringProperties;
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

/** The scoring topology as part of the application. */
@Configuration(proxyBeanMethods = false)
class TopologyConfiguration {

    @Bean
    RuleScorer ruleScorer(ScoringProperties properties) {
        return new RuleScorer(properties.rules());
    }

    @Bean
    StreamsFailures streamsFailures(StreamsProperties properties, Clock clock) {
        return new StreamsFailures(properties, clock, () -> Runtime.getRuntime().halt(3));
    }

    @Bean
    ScoringStreams scoringStreams(
            RuleScorer scorer,
            EventCodec codec,
            MeterRegistry meters,
            StreamsProperties properties,
            StreamsFailures failures,
            KafkaConnectionDetails kafka,
            TopicProperties topics,
            ConsumerProperties consumer) {
        ScoringMeters scoringMeters = new ScoringMeters(meters);
        List<TopicSpec> specs = List.of(
                TopicSpec.of(Topics.TRANSACTION_EVENTS, topics.retentionBytes()),
                TopicSpec.deadLetters(
                        Topics.TRANSACTION_EVENTS, ScoringTopology.APPLICATION, consumer.deadLetterMaxBytes()),
                TopicSpec.of(Topics.FRAUD_DECISIONS, topics.retentionBytes()),
                ScoringTopology.changelog());
        return new ScoringStreams(
                () -> ScoringTopology.of(scorer, codec, scoringMeters),
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
    ScoringHealth scoringHealthIndicator(ScoringStreams streams, StreamsFailures failures) {
        return new ScoringHealth(streams, failures);
    }
}
