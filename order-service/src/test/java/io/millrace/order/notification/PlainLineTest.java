package io.millrace.order.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainLineTest {

    @Test
    void turnsLineEndsAndControlCharactersIntoSingleBlanks() {
        assertThat(PlainLine.of("a\r\n\tb\u0000c\u0085d\u2028e\u2029f  g", 100)).isEqualTo("a b c d e f g");
        assertThat(PlainLine.of(" \r\n a \n", 100)).isEqualTo("a");
        assertThat(PlainLine.of("\u0000\u0001", 100)).isEmpty();
    }

    @Test
    void leavesOutMarksThatTurnTextAroundAndHalvesOfPairs() {
        assertThat(PlainLine.of("a\u202eb\u2066c\u200fd\ufeffe\ud83df", 100)).isEqualTo("abcdef");
    }

    @Test
    void keepsWhatPeopleAreCalled() {
        String names = "Zoë Łukasz 王小明 محمد नमस्ते \ud83d\ude80 O'Neil-Smith";
        assertThat(PlainLine.of(names, 100)).isEqualTo(names);
    }

    @Test
    void cutsAfterCodePointsAndSaysSo() {
        assertThat(PlainLine.of("abcdef", 6)).isEqualTo("abcdef");
        assertThat(PlainLine.of("abcdefg", 6)).isEqualTo("abcde\u2026");
        String rockets = "\ud83d\ude80".repeat(10);
        assertThat(PlainLine.of(rockets, 3)).isEqualTo("\ud83d\ude80\ud83d\ude80\u2026");
        assertThat(PlainLine.of("x".repeat(1_000_000), 5)).hasSize(5);
    }
}
