package io.millrace.inventory.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.inventory.StockRejected.Shortage;
import io.millrace.events.inventory.StockReserved.Hold;
import io.millrace.inventory.reservation.AllocationPolicy.At;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationPolicyTest {

    private static AllocationPolicy.Choice choose(Map<String, Integer> wanted, Map<String, List<At>> stock) {
        return AllocationPolicy.choose(wanted, stock);
    }

    @Test
    void sellsTheLastUnit() {
        assertThat(choose(Map.of("TEA", 1), Map.of("TEA", List.of(new At("LON", 1)))))
                .isEqualTo(new AllocationPolicy.Served(List.of(new Hold("TEA", "LON", 1))));
    }

    @Test
    void sellsNothingThatIsNotThere() {
        assertThat(choose(Map.of("TEA", 1), Map.of("TEA", List.of(new At("LON", 0)))))
                .isEqualTo(new AllocationPolicy.Missing(List.of(new Shortage("TEA", 1, 0))));
    }

    @Test
    void neverShipsShort() {
        assertThat(choose(Map.of("TEA", 5), Map.of("TEA", List.of(new At("LON", 2), new At("MAN", 2)))))
                .isEqualTo(new AllocationPolicy.Missing(List.of(new Shortage("TEA", 5, 4))));
    }

    @Test
    void namesEveryProductThatFallsShort() {
        assertThat(choose(Map.of("TEA", 2, "CUP", 1, "POT", 1), Map.of("CUP", List.of(new At("LON", 1)))))
                .isEqualTo(new AllocationPolicy.Missing(List.of(new Shortage("POT", 1, 0), new Shortage("TEA", 2, 0))));
    }

    @Test
    void takesTheFirstLocationThatServesTheWholeOrder() {
        assertThat(choose(
                        Map.of("TEA", 2, "CUP", 1),
                        Map.of(
                                "TEA", List.of(new At("BRI", 9), new At("LON", 2), new At("MAN", 5)),
                                "CUP", List.of(new At("LON", 1), new At("MAN", 7)))))
                .isEqualTo(new AllocationPolicy.Served(List.of(new Hold("CUP", "LON", 1), new Hold("TEA", "LON", 2))));
    }

    @Test
    void splitsAProductOverAsFewLocationsAsPossible() {
        assertThat(choose(
                        Map.of("TEA", 7),
                        Map.of("TEA", List.of(new At("A", 1), new At("B", 2), new At("C", 5), new At("D", 3)))))
                .isEqualTo(new AllocationPolicy.Served(List.of(new Hold("TEA", "B", 2), new Hold("TEA", "C", 5))));
    }

    @Test
    void breaksTiesByLocationName() {
        assertThat(choose(Map.of("TEA", 3), Map.of("TEA", List.of(new At("C", 2), new At("B", 2), new At("A", 1)))))
                .isEqualTo(new AllocationPolicy.Served(List.of(new Hold("TEA", "A", 1), new Hold("TEA", "B", 2))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void servesExactlyWhatWasWantedFromWhatIsThere(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Map<String, Integer> wanted = new HashMap<>();
            Map<String, List<At>> stock = new HashMap<>();
            for (int product = 0; product <= random.nextInt(4); product++) {
                wanted.put("P" + product, 1 + random.nextInt(12));
                List<At> places = new ArrayList<>();
                IntStream.range(0, random.nextInt(5))
                        .forEach(place -> places.add(new At("L" + place, random.nextInt(8))));
                stock.put("P" + product, places);
            }
            switch (choose(wanted, stock)) {
                case AllocationPolicy.Served served ->
                    wanted.forEach((sku, quantity) -> {
                        List<Hold> holds = served.holds().stream()
                                .filter(hold -> hold.sku().equals(sku))
                                .toList();
                        assertThat(holds).extracting(Hold::location).doesNotHaveDuplicates();
                        assertThat(holds.stream().mapToInt(Hold::quantity).sum())
                                .isEqualTo(quantity);
                        assertThat(holds).allSatisfy(hold -> {
                            assertThat(hold.quantity()).isPositive();
                            assertThat((long) hold.quantity()).isLessThanOrEqualTo(at(stock, hold));
                        });
                    });
                case AllocationPolicy.Missing missing ->
                    assertThat(missing.shortages())
                            .isNotEmpty()
                            .allSatisfy(
                                    shortage -> assertThat(shortage.available()).isLessThan(shortage.wanted()));
            }
        }
    }

    private static long at(Map<String, List<At>> stock, Hold hold) {
        return stock.getOrDefault(hold.sku(), List.of()).stream()
                .filter(at -> at.location().equals(hold.location()))
                .mapToLong(At::available)
                .sum();
    }
}
