package io.millrace.monitoring.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.monitoring.orders.OrderFact.Step;
import io.millrace.monitoring.orders.OrderTally.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTallyTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final UUID ORDER = UUID.randomUUID();

    @Test
    void countsStepsInTheMinuteTheyWereTaken() {
        OrderTally tally = new OrderTally(Map.of());
        tally.add(fact(Step.PLACED, NOON.plusSeconds(59), null));
        tally.add(fact(Step.REJECTED, NOON.plusSeconds(61), "OUT_OF_STOCK"));

        assertThat(tally.counts())
                .containsOnly(
                        Map.entry(new Cell(NOON, "outcome", "placed"), 1L),
                        Map.entry(new Cell(NOON.plusSeconds(60), "outcome", "rejected"), 1L),
                        Map.entry(new Cell(NOON.plusSeconds(60), "rejection", "OUT_OF_STOCK"), 1L));
    }

    @Test
    void countsHowLongConfirmationTookWherePlacingIsKnown() {
        OrderTally tally =
                new OrderTally(Map.of(ORDER, OrderProgress.none(ORDER).with(Step.PLACED, NOON)));
        tally.add(fact(Step.CONFIRMED, NOON.plusMillis(200), null));
        UUID unknown = UUID.randomUUID();
        tally.add(new OrderFact(unknown, Step.CONFIRMED, NOON, null));

        assertThat(tally.counts())
                .containsEntry(new Cell(NOON, "outcome", "confirmed"), 2L)
                .containsEntry(
                        new Cell(NOON, "confirmed-within", Integer.toString(Buckets.of(Duration.ofMillis(200)))), 1L)
                .hasSize(2);
    }

    @Test
    void countsAStepOnceHoweverItIsRepeated() {
        List<OrderFact> facts = List.of(
                fact(Step.PLACED, NOON, null),
                fact(Step.HELD, NOON.plusSeconds(1), null),
                fact(Step.PLACED, NOON, null),
                fact(Step.CONFIRMED, NOON.plusSeconds(3), null),
                fact(Step.CONFIRMED, NOON.plusSeconds(3), null));
        Map<Cell, Long> once = counts(List.of(facts));

        assertThat(once)
                .containsEntry(new Cell(NOON, "outcome", "placed"), 1L)
                .containsEntry(new Cell(NOON, "outcome", "confirmed"), 1L);
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            // a suffix comes again after a take-over, in another batch
            int again = random.nextInt(facts.size());
            assertThat(counts(List.of(facts, facts.subList(again, facts.size()))))
                    .isEqualTo(once);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 80, 200, 1_500, 60_000, 3_600_000})
    void readsQuantilesWithinFivePercent(long millis) {
        Map<Integer, Long> counts = Map.of(Buckets.of(Duration.ofMillis(millis)), 10L);

        assertThat(Buckets.quantileSeconds(counts, 0.5)).isCloseTo(millis / 1e3, within(millis / 1e3 * 0.0501));
    }

    @Test
    void findsTheQuantileAmongManyBuckets() {
        Map<Integer, Long> counts = new HashMap<>();
        for (int millis = 1; millis <= 1_000; millis++) {
            counts.merge(Buckets.of(Duration.ofMillis(millis)), 1L, Long::sum);
        }

        assertThat(Buckets.quantileSeconds(counts, 0.5)).isCloseTo(0.5, within(0.05));
        assertThat(Buckets.quantileSeconds(counts, 0.99)).isCloseTo(0.99, within(0.1));
        assertThat(Buckets.of(Duration.ofMillis(-5))).isZero();
        assertThat(Buckets.of(Duration.ofDays(100_000))).isEqualTo(250);
    }

    private static Map<Cell, Long> counts(List<List<OrderFact>> batches) {
        Map<UUID, OrderProgress> known = Map.of();
        Map<Cell, Long> counts = new HashMap<>();
        for (List<OrderFact> batch : batches) {
            OrderTally tally = new OrderTally(known);
            batch.forEach(tally::add);
            tally.counts().forEach((cell, n) -> counts.merge(cell, n, Long::sum));
            if (!tally.changed().isEmpty()) {
                known = tally.changed().stream().collect(Collectors.toMap(OrderProgress::orderId, Function.identity()));
            }
        }
        return counts;
    }

    private static OrderFact fact(Step step, Instant at, @Nullable String reason) {
        return new OrderFact(ORDER, step, at, reason);
    }
}
