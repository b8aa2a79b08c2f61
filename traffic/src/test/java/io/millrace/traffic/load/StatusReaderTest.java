package io.millrace.traffic.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"payment\":{\"status\":\"PENDING\"},\"lines\":[{}],\"status\":\"CONFIRMED\"}"})
    void readsTheTopLevelStatus(String body) {
        assertThat(StatusReader.DECIDED.read(body.getBytes(UTF_8)).orElseThrow().status())
                .isEqualTo("CONFIRMED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"PENDING\"}",
                "{\"payment\":{\"status\":\"CONFIRMED\"}}",
                "",
                "{",
                "[]",
                "{\"status\":7}"
            })
    void takesAnythingElseForNotEnded(String body) {
        assertThat(StatusReader.DECIDED.read(body.getBytes(UTF_8))).isEmpty();
    }
}
