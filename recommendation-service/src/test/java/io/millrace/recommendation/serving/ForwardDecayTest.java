package io.millrace.recommendation.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardDecayTest {

    private static final Instant NOON = Shop.NOON;

    private final ForwardDecay decay = new ForwardDecay(Duration.ofHours(1));

    @Test
    void weighsAFactTwiceAsMuchAsOneAHalfLifeOlder() {
        decay.advance(NOON);

        assertThat(decay.weight(NOON)).isEqualTo(1);
        assertThat(decay.weight(NOON.plus(Duration.ofHours(3)))).isEqualTo(8);
        assertThat(decay.weight(NOON.minus(Duration.ofHours(1)))).isEqualTo(0.5);
    }

    @Test
    void isNotMovedByATimeItCannotHold() {
        for (Instant beyond : List.of(Instant.MAX, Instant.MIN)) {
            assertThatThrownBy(() -> decay.advance(beyond)).isInstanceOf(ArithmeticException.class);
        }

        decay.advance(NOON);
        assertThat(decay.weight(NOON)).isEqualTo(1);
        assertThat(decay.advance(NOON.plus(Duration.ofHours(1)))).isEqualTo(1);
    }

    @Test
    void spansEveryTimeItCanHold() {
        assertThat(decay.advance(Instant.ofEpochMilli(Long.MIN_VALUE))).isEqualTo(1);
        assertThat(decay.weight(Instant.ofEpochMilli(Long.MAX_VALUE)))
                .isPositive()
                .isGreaterThan(1);
    }

    @Test
    void staysFiniteAndInProportionForYears() {
        Instant time = NOON;
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            sum *= decay.advance(time);
            sum += decay.weight(time);
            assertThat(sum).isFinite();
            time = time.plus(Duration.ofHours(1));
        }

        // one fact a half-life: 1 + 1/2 + 1/4 + ... by the newest's weight
        assertThat(sum / decay.weight(time.minus(Duration.ofHours(1)))).isCloseTo(2, within(1e-9));
    }
}
