package io.millrace.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void doublesWithEachDeathInARowUpToHalfAMinute() {
        assertThat(Stream.iterate(Backoff.none().afterDeath(SHORT), backoff -> backoff.afterDeath(SHORT))
                        .limit(9)
                        .map(backoff -> backoff.delay().toMillis()))
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void staysAtHalfAMinuteHoweverOftenItDies() {
        assertThat(new Backoff(Integer.MAX_VALUE - 1).afterDeath(SHORT).delay()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void beginsAnewAfterALongLife() {
        Backoff third = new Backoff(2);
        assertThat(third.afterDeath(Duration.ofMillis(59_999)).deaths()).isEqualTo(3);
        assertThat(third.afterDeath(Duration.ofSeconds(60))).isEqualTo(new Backoff(1));
    }
}
