package io.millrace.traffic.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadPlanTest {

    private static final URI TARGET = URI.create("http://127.0.0.1:1/api/orders");

    @Test
    void makesADifferentKeyForEachOrderAndTheSameForEachRepetition() {
        LoadPlan plan = plan().withRun(new UUID(1, 2));
        assertThat(LongStream.range(0, 10_000).mapToObj(plan::key).distinct()).hasSize(10_000);
        assertThat(plan.key(7)).isEqualTo(plan().withRun(new UUID(1, 2)).key(7));
        assertThat(plan.key(7)).isNotEqualTo(plan().key(7));
    }

    @Test
    void refusesWhatTheDriverCannotDo() {
        assertThatThrownBy(() -> LoadPlan.of(URI.create("https://x/"), new Pace.ClosedLoop(1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan().withMaxInFlight(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace.OpenLoop(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace.ClosedLoop(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static LoadPlan plan() {
        return LoadPlan.of(TARGET, new Pace.ClosedLoop(1), Duration.ZERO);
    }
}
