package io.millrace.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    Path folder;

    private Path path;
    private LogFile log;

    @BeforeEach
    void make() {
        path = folder.resolve("kafka.log");
        log = new LogFile(path);
    }

    @Test
    void isEmptyBeforeAnythingWasWritten() {
        assertThat(log.size()).isZero();
        assertThat(log.tail(0, 10)).isEmpty();
        log.rotate(0);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void staysWhereItIsUntilItIsFull() throws IOException {
        Files.writeString(path, "0123456789");
        log.rotate(10);
        assertThat(path).hasContent("0123456789");
        log.rotate(9);
        assertThat(path).isEmptyFile();
        assertThat(path.resolveSibling("kafka.log.1")).hasContent("0123456789");
    }

    @Test
    void keepsTwoThatWereSetAsideHoweverOftenItIsFull() throws IOException {
        for (int round = 1; round <= 5; round++) {
            Files.writeString(path, "round " + round);
            log.rotate(3);
        }
        assertThat(path).isEmptyFile();
        assertThat(path.resolveSibling("kafka.log.1")).hasContent("round 5");
        assertThat(path.resolveSibling("kafka.log.2")).hasContent("round 4");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void isWrittenOnByAProcessThatHasItOpen() throws IOException {
        try (OutputStream writer = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write("before\n".getBytes(StandardCharsets.UTF_8));
            log.rotate(3);
            writer.write("after\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(path).hasContent("after");
        assertThat(log.tail(0, 10)).containsExactly("after");
    }

    @Test
    void showsTheLastLinesWrittenAfterAPosition() throws IOException {
        Files.writeString(path, "an earlier life\n");
        long start = log.size();
        Files.writeString(path, "one\ntwo\nthrée\n", StandardOpenOption.APPEND);
        assertThat(log.tail(start, 10)).containsExactly("one", "two", "thrée");
        assertThat(log.tail(start, 2)).containsExactly("two", "thrée");
        assertThat(log.tail(0, 10)).startsWith("an earlier life").hasSize(4);
    }

    @Test
    void showsAllOfAShorterFileWhenItWasSetAsideMeanwhile() throws IOException {
        Files.writeString(path, "after");
        assertThat(log.tail(1_000_000, 10)).containsExactly("after");
    }

    @Test
    void looksAtTheEndOfALargeFileOnly() throws IOException {
        Files.write(path, IntStream.range(0, 100_000).mapToObj(i -> "line " + i).toList());
        assertThat(log.tail(0, 3)).containsExactly("line 99997", "line 99998", "line 99999");
        assertThat(log.tail(0, Integer.MAX_VALUE)).hasSizeLessThan(10_000);
    }
}
