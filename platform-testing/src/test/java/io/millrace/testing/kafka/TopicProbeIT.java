package io.millrace.testing.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.TestKafka;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicProbeIT {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final String topic = UniqueNames.topic("probe");

    @BeforeEach
    void createTopic() {
        TestKafka.createTopic(topic, 3);
    }

    @Test
    void readsEverythingFromTheBeginningOrFromNow() {
        try (RawProducer producer = RawProducer.shared()) {
            producer.send(topic, "a", "1", Map.of("ce_type", "fact"));
            try (TopicProbe all = TopicProbe.fromBeginning(topic);
                    TopicProbe later = TopicProbe.fromNow(topic)) {
                producer.send(topic, "b", null, Map.of());

                assertThat(all.awaitCount(2)).hasSize(2);
                assertThat(later.awaitCount(1)).singleElement().satisfies(found -> {
                    assertThat(TopicProbe.key(found)).contains("b");
                    assertThat(TopicProbe.value(found)).isEmpty();
                });
                assertThat(all.await(found -> TopicProbe.key(found).equals(TopicProbe.key(found))))
                        .isNotNull();
                assertThat(TopicProbe.header(
                                all.await(found -> TopicProbe.value(found).isPresent()), "ce_type"))
                        .contains("fact");
            }
        }
    }

    @Test
    void writesArbitraryBytesToAnyPartition() {
        byte[] poison = {0, -1, 7};
        try (RawProducer producer = RawProducer.shared();
                TopicProbe probe = TopicProbe.fromBeginning(topic)) {
            producer.send(topic, 2, null, poison, Map.of());
            assertThat(probe.records()).singleElement().satisfies(found -> {
                assertThat(found.partition()).isEqualTo(2);
                assertThat(found.key()).isNull();
                assertThat(found.value()).isEqualTo(poison);
            });
        }
    }

    @Test
    void seesOpenTransactionsOnlyWhenNotReadingCommitted() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", TestKafka.bootstrapServers(), "transactional.id", UniqueNames.group("writer"));
        try (KafkaProducer<String, String> producer =
                        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
                TopicProbe everything = TopicProbe.fromBeginning(topic);
                TopicProbe committed = TopicProbe.committedFromBeginning(topic)) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(new ProducerRecord<>(topic, "a", "1"));
            producer.flush();

            assertThat(everything.awaitCount(1)).hasSize(1);
            assertThat(committed.listenFor(SHORT)).isEmpty();

            producer.commitTransaction();
            assertThat(committed.awaitCount(1)).hasSize(1);
        }
    }

    @Test
    void saysWhatItWaitedFor() {
        try (TopicProbe probe = TopicProbe.fromBeginning(topic)) {
            assertThatThrownBy(() -> probe.awaitCount(1, SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(topic)
                    .hasMessageContaining("should hold 1 record")
                    .hasMessageContaining("read: 0");
            assertThatThrownBy(() -> probe.await(found -> true, SHORT)).isInstanceOf(AssertionError.class);
        }
    }
}
