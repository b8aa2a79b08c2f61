package io.millrace.recommendation.sessions.topology;

import static io.millrace.recommendation.sessions.topology.Clicked.NOON;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class StreamsFailuresTest {

    private final Watch watch = new Watch();
    private final AtomicBoolean halted = new AtomicBoolean();
    private final StreamsProperties properties = new StreamsProperties(
            Duration.ofMillis(50),
            Duration.ofMillis(10),
            1,
            0,
            " ",
            Path.of("unused"),
            100,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(1),
            Duration.ofMillis(4));
    private final StreamsFailures failures = new StreamsFailures(properties, watch, () -> halted.set(true));

    @Test
    void replacesAThreadHoweverOftenItFails() {
        for (int i = 0; i < 10; i++) {
            assertThat(failures.handle(new StreamsException("broker away"))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(halted).isFalse();
    }

    @Test
    void replacesAThreadAfterAnErrorOfItsOwn() {
        assertThat(failures.handle(new StreamsException(new StackOverflowError())))
                .isEqualTo(REPLACE_THREAD);
        assertThat(halted).isFalse();
    }

    @Test
    void haltsWhenMemoryIsExhausted() {
        failures.handle(new StreamsException(new OutOfMemoryError()));

        assertThat(halted).isTrue();
    }

    @Test
    void remembersAFailureForAMinute() {
        assertThat(failures.recent()).isEmpty();

        failures.handle(new StreamsException("broker away"));
        assertThat(failures.recent()).contains(NOON);

        watch.now = NOON.plusSeconds(61);
        assertThat(failures.recent()).isEmpty();
    }

    @Test
    void doublesItsWaitUpToABound() {
        assertThat(properties.backoff(1)).isEqualTo(Duration.ofMillis(1));
        assertThat(properties.backoff(2)).isEqualTo(Duration.ofMillis(2));
        assertThat(properties.backoff(3)).isEqualTo(Duration.ofMillis(4));
        assertThat(properties.backoff(1_000)).isEqualTo(Duration.ofMillis(4));
    }

    @Test
    void takesAnEmptyInstanceIdForNone() {
        assertThat(properties.instanceId()).isNull();
    }

    private static final class Watch extends Clock {

        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
