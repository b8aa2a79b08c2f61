package io.millrace.inventory.catalogue.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {

    private static List<String> read(String text) throws IOException {
        BoundedLines lines = new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 8);
        List<String> read = new ArrayList<>();
        for (Optional<BoundedLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            BoundedLines.Line found = line.get();
            read.add(found.number() + ":"
                    + (found.tooLong() ? "too long" : new String(found.bytes(), StandardCharsets.UTF_8))
                    + (found.isBlank() ? "blank" : ""));
        }
        return read;
    }

    @Test
    void readsTheLastLineWithOrWithoutItsEnd() throws IOException {
        assertThat(read("a\nb")).containsExactly("1:a", "2:b");
        assertThat(read("a\nb\n")).containsExactly("1:a", "2:b");
    }

    @Test
    void countsBlankLines() throws IOException {
        assertThat(read("a\n\n \r\nb")).containsExactly("1:a", "2:blank", "3: \rblank", "4:b");
    }

    @Test
    void goesOnBehindALineThatIsTooLong() throws IOException {
        assertThat(read("12345678\n123456789\nb")).containsExactly("1:12345678", "2:too long", "3:b");
    }

    @Test
    void tellsOfATooLongLineAtTheEnd() throws IOException {
        assertThat(read("123456789")).containsExactly("1:too long");
    }

    /** Their bytes are negative numbers, and -1 is also what tells of the end. */
    @Test
    void readsLettersBeyondAscii() throws IOException {
        assertThat(read("crêpe\n茶\nb")).containsExactly("1:crêpe", "2:茶", "3:b");
    }

    @Test
    void readsNothingFromNothing() throws IOException {
        assertThat(read("")).isEmpty();
    }
}
