package io.millrace.telemetry.ship;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {

    @ParameterizedTest
    @CsvSource({
        "'plain', 'plain'",
        "'tällä 😀', 'tällä 😀'",
        "'\u0000', '\uFFFD'",
        "'a\u0000b\u0000', 'a\uFFFDb\uFFFD'",
        "'lone \uD83D high', 'lone \uFFFD high'",
        "'lone \uDE00 low', 'lone \uFFFD low'",
        "'end \uD83D', 'end \uFFFD'",
    })
    void replacesWhatNoStoreTakesAndNothingElse(String text, String expected) {
        assertThat(Texts.fit(text, 100)).isEqualTo(expected);
    }

    @Test
    void keepsWhatIsAsLongAsItMayBe() {
        assertThat(Texts.fit("12345", 5)).isEqualTo("12345");
    }

    @Test
    void cutsAndMarksWhatIsLonger() {
        assertThat(Texts.fit("123456", 5)).isEqualTo("1234…");
        assertThat(Texts.fit("x".repeat(1_000_000), 16)).hasSize(16);
        assertThat(Texts.fit("\u0000".repeat(1_000_000), 16)).hasSize(16);
    }

    @Test
    void leavesNoHalfCharacterWhereItCuts() {
        assertThat(Texts.fit("12😀45", 4)).isEqualTo("12\uFFFD…");
    }
}
