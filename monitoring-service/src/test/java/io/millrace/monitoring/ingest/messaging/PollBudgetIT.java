package io.millrace.monitoring.ingest.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.TestKafka;
import io.millrace.testing.kafka.RawProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Whatever a poll brings, only so many bytes of it are kept, and the rest comes with the next. */
class PollBudgetIT {

    private static final int RECORDS = 30;
    private static final int SIZE = 100_000;
    private static final int MOST = 250_000;

    @Test
    void handsOutSoMuchOfAPollAndTheRestLater() {
        String topic = UniqueNames.topic("large");
        TestKafka.createTopic(topic, 1);
        try (RawProducer producer = RawProducer.shared()) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(topic, 0, null, new byte[SIZE], Map.of());
            }
        }
        PollBudget budget = new PollBudget(MOST);
        List<Long> read = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestKafka.bootstrapServers(), "fetch.min.bytes", MOST),
                new ByteArrayDeserializer(),
                budget)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (read.size() < RECORDS && System.nanoTime() < end) {
                budget.begin();
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(5));
                List<Long> now = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (PollBudget.isLater(record.value())) {
                        consumer.seek(partition, record.offset());
                        break;
                    }
                    assertThat(record.value()).hasSize(SIZE);
                    now.add(record.offset());
                }
                assertThat(now).hasSizeLessThanOrEqualTo(3);
                read.addAll(now);
            }
        }
        assertThat(read).hasSize(RECORDS).isSorted().doesNotHaveDuplicates();
    }
}
