package io.millrace.monitoring.lag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupLagTest {

    @ParameterizedTest
    @CsvSource({
        "5, 0, 12, 7", // some to read
        "12, 0, 12, 0", // all read
        "-1, 3, 12, 9", // not begun
        "2, 10, 12, 2", // what it had yet to read is gone
        "500, 0, 12, 12", // the topic was made anew
        "0, 0, 0, 0" // empty
    })
    void countsWhatIsStillToBeRead(long committed, long begin, long end, long records) {
        assertThat(GroupLag.behind(committed, begin, end)).isEqualTo(records);
    }

    @Test
    void callsTheStateOfAnOldReadingUnknown() {
        Instant noon = Instant.parse("2026-06-01T12:00:00Z");
        LagBoard board = new LagBoard();
        board.post(new LagReading(noon, List.of(new GroupLag("g", "t", 3, GroupLag.CONSUMING)), List.of()));

        assertThat(board.reading(noon.plusSeconds(10)).groups())
                .containsExactly(new GroupLag("g", "t", 3, "consuming"));
        assertThat(board.reading(noon.plusSeconds(60)).groups()).containsExactly(new GroupLag("g", "t", 3, "unknown"));
        assertThat(board.reading(noon.plusSeconds(60)).at()).isEqualTo(noon);
    }
}
