package io.millrace.fraud.scoring;

import static io.millrace.fraud.scoring.Transactions.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AmountStatisticsTest {

    private static final Duration HALF_LIFE = Duration.ofDays(AmountStatistics.HALF_LIFE_DAYS);

    @Test
    void takesTheGeometricMeanAsTypical() {
        AmountStatistics own = AmountStatistics.startedBy("GBP", 10_00, NOON).with(90_00, NOON);

        assertThat(own.typical()).isCloseTo(30_00, within(0.01));
        assertThat(own.count()).isEqualTo(2);
    }

    @Test
    void halvesTheWeightOfAnAmountInAHalfLife() {
        AmountStatistics own = AmountStatistics.startedBy("GBP", 10_00, NOON).with(80_00, NOON.plus(HALF_LIFE));

        assertThat(own.weight()).isCloseTo(1.5, within(1e-12));
        assertThat(own.typical()).isCloseTo(40_00, within(0.01)); // (10 * 80 * 80) to the third root
    }

    @Test
    void assumesALeastDeviationWhereAmountsWereEqual() {
        AmountStatistics own = AmountStatistics.startedBy("GBP", 40_00, NOON).with(40_00, NOON);

        assertThat(own.deviations(40_00)).isCloseTo(0, within(1e-9));
        assertThat(own.deviations(400_00)).isCloseTo(StrictMath.log(10) / 0.5, within(1e-9));
    }

    @Test
    void takesAnOrderThatCostsNothing() {
        AmountStatistics own = AmountStatistics.startedBy("GBP", 0, NOON);

        assertThat(own.typical()).isEqualTo(1);
        assertThat(own.deviations(0)).isZero();
    }

    @Test
    void agreesWithTheDefinition() {
        Random random = new Random(11);
        List<Long> amounts = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        Optional<AmountStatistics> known = Optional.empty();
        for (int i = 0; i < 500; i++) {
            amounts.add(1 + random.nextLong(1_000_00));
            times.add(NOON.plusSeconds(random.nextLong(Duration.ofDays(90).toSeconds())));
            known = Optional.of(known.map(before -> before.with(amounts.getLast(), times.getLast()))
                    .orElseGet(() -> AmountStatistics.startedBy("GBP", amounts.getLast(), times.getLast())));
        }
        Instant newest = times.stream().max(Instant::compareTo).orElseThrow();
        double weight = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < amounts.size(); i++) {
            double age = Duration.between(times.get(i), newest).toSeconds();
            double w = Math.pow(2, -age / HALF_LIFE.toSeconds());
            weight += w;
            sum += w * Math.log(amounts.get(i));
            squares += w * Math.log(amounts.get(i)) * Math.log(amounts.get(i));
        }
        double mean = sum / weight;

        AmountStatistics own = known.orElseThrow();
        assertThat(own.weight()).isCloseTo(weight, within(1e-9));
        assertThat(own.mean()).isCloseTo(mean, within(1e-9));
        assertThat(own.squares() / own.weight()).isCloseTo(squares / weight - mean * mean, within(1e-9));
    }
}
