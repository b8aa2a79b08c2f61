package io.millrace.monitoring.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CopyTextTest {

    @Test
    void escapesWhatSeparatesAndReplacesWhatCannotStand() {
        CopyText rows = new CopyText();
        rows.text("a\tb\nc\rd\\e\\.\\N").text("nul\0!").text("").text(null).endRow();

        assertThat(text(rows)).isEqualTo("a\\tb\\nc\\rd\\\\e\\\\.\\\\N\tnul\uFFFD!\t\t\\N\n");
    }

    @Test
    void writesEveryKindOfValue() {
        CopyText rows = new CopyText();
        rows.number(-1)
                .number(null)
                .decimal(1e-9)
                .truth(true)
                .uuid(null)
                .uuid(new UUID(0, 1))
                .time(Instant.EPOCH)
                .endRow();
        rows.number(2L).endRow();

        assertThat(text(rows))
                .isEqualTo("-1\t\\N\t1.0E-9\tt\t\\N\t00000000-0000-0000-0000-000000000001\t1970-01-01T00:00:00Z\n2\n");
        assertThat(rows.length()).isZero();
    }

    private static String text(CopyText rows) {
        return new String(rows.take(), StandardCharsets.UTF_8);
    }
}
