package io.millrace.monitoring.lag.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.monitoring.lag.GroupLag;
import io.millrace.monitoring.lag.LagBoard;
import io.millrace.monitoring.lag.LagProperties;
import io.millrace.testing.UniqueNames;
import io.millrace.testing.infra.TestKafka;
import io.millrace.testing.kafka.RawProducer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagReaderIT {

    private final String topic = UniqueNames.topic("read");
    private final String group = UniqueNames.group("reader");

    @Test
    void countsWhatLiesInPartitionsThatTheGroupNeverReadAndInThoseAddedLater() throws Exception {
        TestKafka.createTopic(topic, 8);
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", TestKafka.bootstrapServers()));
                RawProducer producer = RawProducer.shared()) {
            LagReader reader = new LagReader(
                    Set.of(topic), admin, new LagBoard(), new LagProperties(Duration.ofSeconds(5)), Clock.systemUTC());
            admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
            producer.send(topic, 0, null, new byte[1], Map.of());
            producer.send(topic, 7, null, new byte[1], Map.of());

            assertThat(reader.groups()).containsExactly(new GroupLag(group, topic, 2, GroupLag.STOPPED));

            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(10)))
                    .all()
                    .get();
            producer.send(topic, 9, null, new byte[1], Map.of());

            assertThat(reader.groups()).containsExactly(new GroupLag(group, topic, 3, GroupLag.STOPPED));
        }
    }
}
