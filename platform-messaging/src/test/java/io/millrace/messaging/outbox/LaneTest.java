package io.millrace.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.messaging.Sample;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneTest {

    private static final int LANES = 60;
    private static final List<String> KEYS =
            IntStream.range(0, 10_000).mapToObj(i -> "key-" + i).toList();

    @Test
    void liesWithinOnePartition() {
        int partitions = Sample.topic("any").partitions();
        Map<Integer, Set<Integer>> partitionsOfLane = new HashMap<>();
        for (String key : KEYS) {
            int partition = BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
            partitionsOfLane.computeIfAbsent(Lane.of(key), _ -> new HashSet<>()).add(partition);
        }
        assertThat(partitionsOfLane.values())
                .allSatisfy(each -> assertThat(each).hasSize(1));
    }

    @Test
    void spreadsKeysOverAllLanes() {
        Set<Integer> used = new HashSet<>();
        KEYS.forEach(key -> used.add(Lane.of(key)));
        assertThat(used).hasSize(LANES).allMatch(lane -> lane >= 0 && lane < LANES);
    }

    /** The lane is stored with the event: a change would leave rows in lanes nobody computes any more. */
    @ParameterizedTest
    @CsvSource({"'', 21", "customer, 48", "01890000-0000-7000-8000-000000000001, 45", "käse, 13"})
    void staysTheSameAcrossVersions(String key, int lane) {
        assertThat(Lane.of(key)).isEqualTo(lane);
    }
}
