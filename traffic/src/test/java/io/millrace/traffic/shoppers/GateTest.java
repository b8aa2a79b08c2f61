package io.millrace.traffic.shoppers;

import static io.millrace.traffic.shoppers.Gate.Pass.FREE;
import static io.millrace.traffic.shoppers.Gate.Pass.NONE;
import static io.millrace.traffic.shoppers.Gate.Pass.TRIAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GateTest {

    /** Begins shortly before the clock's overflow. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

    private final Gate gate = new Gate(Duration.ofSeconds(1), Duration.ofSeconds(30), () -> now);

    @Test
    void letsEverybodyInWhileAllIsWell() {
        for (int i = 0; i < 10; i++) {
            assertThat(gate.enter()).isEqualTo(FREE);
            gate.passed();
        }
    }

    @Test
    void letsOneTryAfterAWaitThatDoublesUpToALimit() {
        fail(FREE);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30, 30}) {
            after(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(gate.enter()).as("within " + seconds + " s").isEqualTo(NONE);
            after(Duration.ofMillis(1));
            assertThat(gate.enter()).isEqualTo(TRIAL);
            assertThat(gate.enter()).as("while one tries").isEqualTo(NONE);
            fail(TRIAL);
        }
    }

    @Test
    void opensForAllWhenTheTrialSucceeds() {
        fail(FREE);
        after(Duration.ofSeconds(1));
        assertThat(gate.enter()).isEqualTo(TRIAL);
        gate.passed();
        assertThat(gate.enter()).isEqualTo(FREE);
        fail(FREE);
        after(Duration.ofSeconds(1));
        assertThat(gate.enter()).as("the next wait is short again").isEqualTo(TRIAL);
    }

    @Test
    void countsManyFailuresAtOnceAsOne() {
        for (int i = 0; i < 50; i++) {
            fail(FREE);
        }
        after(Duration.ofSeconds(1));
        assertThat(gate.enter()).isEqualTo(TRIAL);
    }

    @Test
    void staysClosedForAsLongAsTheShopAsksWithinReason() {
        gate.failed(FREE, Duration.ofSeconds(60));
        after(Duration.ofSeconds(59));
        assertThat(gate.enter()).isEqualTo(NONE);
        after(Duration.ofSeconds(1));
        assertThat(gate.enter()).isEqualTo(TRIAL);
        gate.failed(TRIAL, Duration.ofDays(1));
        after(Duration.ofMinutes(5));
        assertThat(gate.enter()).isEqualTo(TRIAL);
    }

    @Test
    void letsAnotherTryWhenTheFirstIsNeverHeardOf() {
        fail(FREE);
        after(Duration.ofSeconds(1));
        assertThat(gate.enter()).isEqualTo(TRIAL);
        after(Duration.ofSeconds(30));
        assertThat(gate.enter()).isEqualTo(TRIAL);
    }

    private void fail(Gate.Pass pass) {
        gate.failed(pass, Duration.ZERO);
    }

    private void after(Duration time) {
        now += time.toNanos();
    }
}
