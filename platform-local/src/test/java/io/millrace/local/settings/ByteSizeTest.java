package io.millrace.local.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1000, 1000",
        "3KiB, 3072",
        "64MiB, 67108864",
        "64 mib, 67108864",
        "' 10GIB ', 10737418240",
        "2TiB, 2199023255552",
        "8388607TiB, 9223370937343148032"
    })
    void readsWhatPeopleWrite(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5GiB", "10GB", "10G", "GiB", "10GiB/s", "1e9", "1000000000MiB", "0x10"})
    void refusesWhatItMightReadWrongly(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be a size such as 10GiB or 64MiB, was " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8388608TiB", "16777216TiB", "999999999TiB"})
    void refusesWhatDoesNotFit(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be less than 8388608TiB");
    }

    @Test
    void isNeverNegative() {
        assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 KiB",
        "1023, 0 KiB",
        "3072, 3 KiB",
        "1048575, 1023 KiB",
        "67108864, 64 MiB",
        "1073741823, 1023 MiB",
        "1610612736, 1.5 GiB"
    })
    void isWrittenForPeople(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }

    @Test
    void countsWholeMebibytes() {
        assertThat(ByteSize.mebibytes(64).bytes()).isEqualTo(64L * 1024 * 1024);
        assertThat(new ByteSize(64L * 1024 * 1024 - 1).toMebibytes()).isEqualTo(63);
    }
}
