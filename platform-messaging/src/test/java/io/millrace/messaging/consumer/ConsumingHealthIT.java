package io.millrace.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.KafkaSettings;
import io.millrace.events.Topic;
import io.millrace.messaging.EventCodec;
import io.millrace.messaging.Sample;
import io.millrace.messaging.topics.TopicProvisioner;
import io.millrace.messaging.topics.TopicSpec;
import io.millrace.telemetry.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** With a broker of its own, as it is stopped: a consumer does not complain of one that is away. */
class ConsumingHealthIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConsumerProperties properties = new ConsumerProperties(
            100,
            Duration.ofMillis(10),
            Duration.ofSeconds(10),
            3,
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            3_145_728);

    @Test
    void isDownWhileNoBrokerAnswers() {
        try (KafkaServer broker = KafkaServer.start(KafkaSettings.throwAway());
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            Subscriptions subscriptions = subscriptions(broker, producer);
            ConsumingHealth health = new ConsumingHealth(subscriptions);
            subscriptions.start();
            try {
                awaitStatus(health, Status.UP);
                broker.pause();
                assertThat(awaitStatus(health, Status.DOWN).getDetails()).containsKey("brokersSilentSince");
                broker.resume();
                awaitStatus(health, Status.UP);
            } finally {
                subscriptions.stop();
            }
        }
    }

    private Subscriptions subscriptions(KafkaServer broker, Producer<byte[], byte[]> producer) {
        Topic<Sample> topic = Sample.topic("silent");
        TopicProvisioner provisioner =
                new TopicProvisioner(List.of(broker.bootstrapServers()), List.of(TopicSpec.of(topic, -1)), 1);
        provisioner.start();
        return new Subscriptions(
                List.of(new BatchSubscription("silent.group", List.of(topic), _ -> {})),
                new DefaultKafkaConsumerFactory<>(ConsumerAutoConfiguration.consumerConfiguration(
                        List.of(broker.bootstrapServers()), properties)),
                new EventCodec(),
                TransactionOperations.withoutTransaction(),
                new DeadLetters(producer, Duration.ofSeconds(2), Clock.systemUTC()),
                properties,
                new SimpleMeterRegistry(),
                provisioner.ready(),
                Clock.systemUTC(),
                Tracer.off());
    }

    private static Health awaitStatus(ConsumingHealth health, Status status) {
        return await().atMost(PATIENCE)
                .until(health::health, each -> each.getStatus().equals(status));
    }
}
