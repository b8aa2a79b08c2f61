package io.millrace.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class StreamsFailuresTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Watch watch = new Watch();
    private final AtomicBoolean halted = new AtomicBoolean();
    private final StreamsFailures failures =
            new StreamsFailures("sample", Sample.of(null, Path.of("unused")), watch, () -> halted.set(true));

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
