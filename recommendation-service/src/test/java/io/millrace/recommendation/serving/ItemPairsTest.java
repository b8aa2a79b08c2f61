package io.millrace.recommendation.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.millrace.recommendation.serving.ItemPairs.Neighbour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemPairsTest {

    private static final Instant NOON = Shop.NOON;

    private final ItemPairs pairs = new ItemPairs(Duration.ofDays(14), 100, 8);

    @Test
    void countsSessionsThatWereAtBoth() {
        session(NOON, "A", "B");
        session(NOON, "B", "A");
        session(NOON, "A", "C");

        assertThat(pairs.of("A", 1))
                .extracting(Neighbour::sku, Neighbour::sessions)
                .containsExactly(tuple("B", 2), tuple("C", 1));
        assertThat(pairs.of("B", 1)).extracting(Neighbour::sku).containsExactly("A");
        assertThat(pairs.of("A", 2)).extracting(Neighbour::sku).containsExactly("B");
        assertThat(pairs.of("X", 1)).isEmpty();
    }

    @Test
    void prefersWhatIsParticularToWhatEverybodyVisits() {
        for (int i = 0; i < 20; i++) {
            session(NOON, "HIT", "S" + i);
        }
        for (int i = 0; i < 5; i++) {
            session(NOON, "A", "HIT", "B");
        }

        assertThat(pairs.of("A", 1)).extracting(Neighbour::sku).containsExactly("B", "HIT");
    }

    @Test
    void agreesWithCountingEverySession() {
        Random random = new Random(7);
        ItemPairs all = new ItemPairs(Duration.ofDays(14), 100, 100);
        Map<String, Integer> at = new HashMap<>();
        Map<String, Integer> atBoth = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            List<String> visited = new ArrayList<>();
            for (int j = random.nextInt(6); j >= 0; j--) {
                String sku = "S" + random.nextInt(20);
                if (!visited.contains(sku)) {
                    all.arrived(sku, List.copyOf(visited), NOON);
                    at.merge(sku, 1, Integer::sum);
                    visited.forEach(other -> {
                        atBoth.merge(sku + "+" + other, 1, Integer::sum);
                        atBoth.merge(other + "+" + sku, 1, Integer::sum);
                    });
                    visited.addFirst(sku);
                }
            }
        }

        for (int i = 0; i < 20; i++) {
            String sku = "S" + i;
            for (Neighbour neighbour : all.of(sku, 1)) {
                int both = atBoth.getOrDefault(sku + "+" + neighbour.sku(), 0);
                double root = Math.sqrt((double) at.getOrDefault(sku, 0) * at.getOrDefault(neighbour.sku(), 0));
                assertThat(neighbour.sessions()).isEqualTo(both);
                assertThat(neighbour.likeness()).isCloseTo(both / root * both / (both + 5), within(1e-9));
            }
        }
    }

    @Test
    void weighsWhatWasLatelyMore() {
        for (int i = 0; i < 3; i++) {
            session(NOON.minus(Duration.ofDays(56)), "A", "OLD");
        }
        for (int i = 0; i < 3; i++) {
            session(NOON, "A", "NEW");
        }

        assertThat(pairs.of("A", 1)).extracting(Neighbour::sku).containsExactly("NEW", "OLD");
    }

    @Test
    void comesToTheSameWhateverOrderSessionsCameIn() {
        ItemPairs other = new ItemPairs(Duration.ofDays(14), 100, 8);
        session(NOON.minus(Duration.ofDays(20)), "A", "B");
        session(NOON, "A", "C");
        other.arrived("A", List.of(), NOON);
        other.arrived("C", List.of("A"), NOON);
        other.arrived("A", List.of(), NOON.minus(Duration.ofDays(20)));
        other.arrived("B", List.of("A"), NOON.minus(Duration.ofDays(20)));

        for (int i = 0; i < 2; i++) {
            assertThat(other.of("A", 1).get(i).sku())
                    .isEqualTo(pairs.of("A", 1).get(i).sku());
            assertThat(other.of("A", 1).get(i).likeness())
                    .isCloseTo(pairs.of("A", 1).get(i).likeness(), within(1e-12));
        }
    }

    @Test
    void keepsABoundedNumberOfNeighboursAndTheFrequentAmongThem() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            session(NOON, "A", i % 4 == 0 ? "OFTEN" : "S" + random.nextInt(90));
        }

        assertThat(pairs.of("A", 1))
                .hasSize(8)
                .extracting(Neighbour::sku)
                .first()
                .isEqualTo("OFTEN");
        assertThat(pairs.of("A", 1))
                .allSatisfy(each -> assertThat(each.likeness()).isBetween(0.0, 1.0));
    }

    @Test
    void holdsABoundedNumberOfProducts() {
        for (int i = 0; i < 300; i++) {
            session(NOON, "S" + i, "S" + (i + 1));
        }

        assertThat(pairs.size()).isEqualTo(100);
        assertThat(pairs.of("S5", 1)).hasSize(2);
        assertThat(pairs.of("S200", 1)).isEmpty();
    }

    @Test
    void startsAnewWithAProductThatWasForgotten() {
        session(NOON, "A", "B");
        session(NOON, "A", "B");
        pairs.forget("B");
        assertThat(pairs.of("A", 1)).isEmpty();
        assertThat(pairs.of("B", 1)).isEmpty();

        session(NOON, "A", "B");
        assertThat(pairs.of("A", 1))
                .extracting(Neighbour::sku, Neighbour::sessions)
                .containsExactly(tuple("B", 1));
        assertThat(pairs.of("B", 1)).extracting(Neighbour::sessions).containsExactly(1);
        for (int i = 0; i < 300; i++) {
            session(NOON, "S" + i, "A");
            pairs.forget("S" + i);
        }
        session(NOON, "NEW", "A");
        assertThat(pairs.of("A", 1)).extracting(Neighbour::sku).contains("B", "NEW");
    }

    private void session(Instant at, String... skus) {
        List<String> earlier = new ArrayList<>();
        for (String sku : skus) {
            pairs.arrived(sku, List.copyOf(earlier), at);
            earlier.addFirst(sku);
        }
    }
}
