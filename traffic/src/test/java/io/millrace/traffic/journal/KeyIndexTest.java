package io.millrace.traffic.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

    @Test
    void agreesWithAHashMapWhateverIsPutAndForgotten() {
        KeyIndex index = new KeyIndex();
        Map<String, Long> expected = new HashMap<>();
        Random random = new Random(7);
        for (int i = 1; i <= 50_000; i++) {
            String key = "key-" + random.nextInt(20_000);
            long before = index.put(key, i);
            assertThat(before).isEqualTo(expected.getOrDefault(key, KeyIndex.ABSENT));
            expected.put(key, (long) i);
            if (i % 10_000 == 0) {
                int oldest = i - 5_000;
                index.keep(position -> position >= oldest);
                expected.values().removeIf(position -> position < oldest);
            }
        }
        assertThat(index.size()).isEqualTo(expected.size());
        for (int i = 0; i < 20_000; i++) {
            String key = "key-" + i;
            assertThat(index.get(key)).isEqualTo(expected.getOrDefault(key, KeyIndex.ABSENT));
        }
    }
}
