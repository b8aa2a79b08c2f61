package io.millrace.fraud.scoring.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.catalogue.Topics;
import io.millrace.fraud.scoring.RuleScorer;
import io.millrace.fraud.scoring.ScoringProperties;
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

/** The scoring topology as part of the application. */
@Configuration(proxyBeanMethods = false)
class TopologyConfiguration {

    @Bean
    RuleScorer ruleScorer(ScoringProperties properties) {
        return new RuleScorer(properties.rules());
    }

    @Bean
    ManagedStreams scoringStreams(
            RuleScorer scorer,
            EventCodec codec,
            MeterRegistry meters,
            StreamsProperties properties,
            KafkaConnectionDetails kafka,
            TopicProperties topics,
            ConsumerProperties consumer,
            Clock clock) {
        ScoringMeters scoringMeters = new ScoringMeters(meters);
        StreamsApplication scoring = new StreamsApplication(
                "scoring",
                ScoringTopology.APPLICATION,
                () -> ScoringTopology.of(scorer, codec, scoringMeters),
                List.of(
                        TopicSpec.of(Topics.TRANSACTION_EVENTS, topics.retentionBytes()),
                        TopicSpec.deadLetters(
                                Topics.TRANSACTION_EVENTS, ScoringTopology.APPLICATION, consumer.deadLetterMaxBytes()),
                        TopicSpec.of(Topics.FRAUD_DECISIONS, topics.retentionBytes()),
                        ScoringTopology.changelog()));
        return new ManagedStreams(
                scoring, properties, kafka.getBootstrapServers(), topics.replication(), meters, clock);
    }

    /** Whether transactions are being scored: the cases can be decided by HTTP all the same. */
    @Bean
    StreamsHealth scoringHealthIndicator(ManagedStreams scoringStreams) {
        return new StreamsHealth(scoringStreams);
    }
}
