package io.millrace.monitoring.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPositionTest {

    @Test
    void comesBackAsItWas() {
        LogPosition position = new LogPosition(Instant.parse("2026-06-01T12:00:00.123456Z"), 42);

        assertThat(LogPosition.parse(position.text())).contains(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "1", "1:", ":1", "a:1", "1:2:3", "1;2", "99999999999999999999:1", "1:-1", " 1:1"})
    void isNoOtherText(String text) {
        assertThat(LogPosition.parse(text)).isEmpty();
    }
}
