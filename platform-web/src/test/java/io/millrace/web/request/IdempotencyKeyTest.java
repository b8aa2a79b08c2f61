package io.millrace.web.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.web.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @Test
    void takesTheLongestKeyAndQuotationMarksAsTheyAre() {
        assertThat(IdempotencyKey.parse(List.of("k".repeat(255))).value()).hasSize(255);
        assertThat(IdempotencyKey.parse(List.of("\"a\"")).value()).isEqualTo("\"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "k\u00e9y", "a\u0000", "a\u007f"})
    void refusesWhatIsNotVisibleAscii(String key) {
        assertThatThrownBy(() -> IdempotencyKey.parse(List.of(key))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new IdempotencyKey(key)).isInstanceOf(IllegalArgumentException.class);
    }
}
