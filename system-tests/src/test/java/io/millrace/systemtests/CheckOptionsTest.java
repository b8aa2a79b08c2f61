package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckOptionsTest {

    @Test
    void readsNameAndOptionsInAnyOrder() {
        CheckOptions options = parse("--seed 7 kill --runs 3 --minutes 2");
        assertThat(options.name()).isEqualTo("kill");
        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.runs()).hasValue(3);
        assertThat(options.length()).hasValue(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kill smoke", "kill --fast", "kill --runs", "kill --runs 0", "kill --seed x"})
    void saysWhatIsWrong(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("null");
    }

    private static CheckOptions parse(String line) {
        return CheckOptions.parse(line.isEmpty() ? new String[0] : line.split(" ", -1));
    }
}
