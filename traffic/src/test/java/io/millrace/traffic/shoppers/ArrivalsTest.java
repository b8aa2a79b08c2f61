package io.millrace.traffic.shoppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalsTest {

    private static final int MANY = 200_000;

    @ParameterizedTest
    @CsvSource({"12, 0.02", "1000, 0.5", "0.5, 0", "60, 0.1"})
    void comeSoOftenThatTheOrdersMakeTheRateAndTheShareIsFraudsters(double rate, double share) {
        Arrivals arrivals = new Arrivals(rate, share, 5);
        Map<FraudKind, Integer> attacks = new EnumMap<>(FraudKind.class);
        Duration time = Duration.ZERO;
        for (int i = 0; i < MANY; i++) {
            Arrivals.Arrival arrival = arrivals.next();
            assertThat(arrival.index()).isEqualTo(i);
            time = time.plus(arrival.after());
            arrival.fraud().ifPresent(kind -> attacks.merge(kind, 1, Integer::sum));
        }
        int testers = attacks.getOrDefault(FraudKind.CARD_TESTING, 0);
        int thieves = attacks.getOrDefault(FraudKind.ACCOUNT_TAKEOVER, 0);
        double tried = (Arrivals.LEAST_TRIED_CARDS + Arrivals.MOST_TRIED_CARDS) / 2.0;
        double fraudulent = testers * tried + thieves;
        double orders = (MANY - testers - thieves) * Browsing.BUYERS + fraudulent;
        assertThat(fraudulent / orders).isCloseTo(share, within(0.15 * share + 1e-9));
        assertThat(orders / (time.toMillis() / 60_000.0)).isCloseTo(rate, within(0.05 * rate));
    }

    @Test
    void areTheSameForTheSameSeed() {
        Arrivals one = new Arrivals(12, 0.1, 99);
        Arrivals same = new Arrivals(12, 0.1, 99);
        Arrivals other = new Arrivals(12, 0.1, 98);
        for (int i = 0; i < 100; i++) {
            Arrivals.Arrival arrival = one.next();
            Arrivals.Arrival again = same.next();
            assertThat(again.after())
                    .isEqualTo(arrival.after())
                    .isNotEqualTo(other.next().after());
            assertThat(again.fraud()).isEqualTo(arrival.fraud());
            assertThat(again.chance().nextLong()).isEqualTo(arrival.chance().nextLong());
        }
    }
}
