package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    @Test
    void reachEveryClientOfStreams() {
        StreamsConfig config = config(null);

        assertThat(List.of(
                        consumer(config),
                        config.getRestoreConsumerConfigs("restore"),
                        config.getProducerConfigs("producer"),
                        config.getAdminConfigs("admin")))
                .allSatisfy(client -> assertThat(client)
                        .containsEntry(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, List.of("one:9092", "two:9092"))
                        .containsEntry(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 1_000L)
                        .containsEntry(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 5_000L));
    }

    @Test
    void keepsAnInstanceAMemberOnlyUnderItsOwnName() {
        assertThat(consumer(config(" "))).doesNotContainKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        assertThat(consumer(config("scoring-1")))
                .hasEntrySatisfying(
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        name -> assertThat(name).asString().startsWith("scoring-1"));
    }

    private static Map<String, Object> consumer(StreamsConfig config) {
        return config.getMainConsumerConfigs("fraud-service.scoring", "client", 0);
    }

    private static StreamsConfig config(@Nullable String instanceId) {
        return new StreamsConfig(KafkaSettings.of(
                "fraud-service.scoring", Sample.of(instanceId, Path.of("unused")), List.of("one:9092", "two:9092")));
    }
}
