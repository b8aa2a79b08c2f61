package io.millrace.traffic.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    private Path directory;

    @Test
    void keepsTheNewestDocumentAcrossReopening() throws Exception {
        try (Journal journal = open(1000, 1 << 20)) {
            put(journal, "a", "first", false);
            put(journal, "a", "second", true);
            assertThat(document(journal, "a")).isEqualTo("second");
        }
        try (Journal journal = open(1000, 1 << 20)) {
            assertThat(document(journal, "a")).isEqualTo("second");
            assertThat(journal.get("b")).isEmpty();
            assertThat(journal.openEntries()).containsOnlyKeys("a");
        }
    }

    @Test
    void givesADocumentBeforeItIsDurableTogetherWithItsPromise() throws Exception {
        try (Journal journal = open(1000, 1 << 20)) {
            var promised = journal.put("a", bytes("x"), false);
            Journal.Entry entry = journal.get("a").orElseThrow();
            assertThat(entry.document()).isEqualTo(bytes("x"));
            entry.durable().get(10, TimeUnit.SECONDS);
            promised.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void tellsThatItHasFailed() throws Exception {
        try (Journal journal = open(1000, 1 << 20)) {
            assertThat(journal.failure()).isNotDone();
            Files.delete(directory.resolve("lock"));
            Files.delete(directory);
            var promise = journal.put("a", bytes("x"), false);
            assertThat(journal.failure().get(10, TimeUnit.SECONDS)).isInstanceOf(NoSuchFileException.class);
            assertThat(promise).isCompletedExceptionally();
            assertThat(journal.isUsable()).isFalse();
        }
        Files.createDirectory(directory); // for who clears it away
    }

    @Test
    void cutsOffATornTailAndGoesOn() throws Exception {
        try (Journal journal = open(1000, 1 << 20)) {
            put(journal, "a", "whole", false);
        }
        byte[] torn = new Line(false, "b", bytes("lost")).encoded();
        Files.write(segments().getFirst(), Arrays.copyOf(torn, torn.length - 3), StandardOpenOption.APPEND);
        try (Journal journal = open(1000, 1 << 20)) {
            assertThat(document(journal, "a")).isEqualTo("whole");
            assertThat(journal.get("b")).isEmpty();
            put(journal, "c", "after", false);
        }
        try (Journal journal = open(1000, 1 << 20)) {
            assertThat(document(journal, "c")).isEqualTo("after");
        }
    }

    @Test
    void refusesDamageInAnOlderFile() throws Exception {
        try (Journal journal = open(1000, 4096)) {
            fill(journal, 40);
        }
        List<Path> segments = segments();
        assertThat(segments).hasSizeGreaterThan(1);
        byte[] damaged = Files.readAllBytes(segments.getFirst());
        damaged[100] ^= 1;
        Files.write(segments.getFirst(), damaged);
        assertThatThrownBy(() -> open(1000, 4096))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void refusesASecondOpener() throws Exception {
        try (Journal journal = open(1000, 4096)) {
            assertThat(journal.isUsable()).isTrue();
            assertThatThrownBy(() -> open(1000, 4096))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("open in this process");
        }
    }

    @Test
    void dropsTheOldestFileButNoOpenEntry() throws Exception {
        try (Journal journal = open(100, 4096)) {
            put(journal, "open", "still to happen", true);
            fill(journal, 400);
            assertThat(journal.get("key-0")).isEmpty();
            assertThat(document(journal, "key-399")).hasSize(200);
            assertThat(document(journal, "open")).isEqualTo("still to happen");
            assertThat(exported(journal)).hasSizeBetween(100, 140);
        }
        assertThat(segments()).hasSizeLessThan(12);
        try (Journal journal = open(100, 4096)) {
            assertThat(journal.openEntries()).containsOnlyKeys("open");
            assertThat(journal.get("key-0")).isEmpty();
        }
    }

    @Test
    void exportsTheNewestDocumentOfEveryKey() throws Exception {
        try (Journal journal = open(1000, 4096)) {
            put(journal, "a", "1", false);
            fill(journal, 30);
            put(journal, "a", "2", false);
            assertThat(exported(journal)).hasSize(31).endsWith("2").doesNotContain("1");
        }
    }

    @Test
    void refusesKeysAndDocumentsThatWouldBreakALine() throws Exception {
        try (Journal journal = open(1000, 4096)) {
            assertThatThrownBy(() -> journal.put("a b", bytes("x"), false))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> journal.put("a", bytes("x\ny"), false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesEntriesOnceClosed() throws Exception {
        Journal journal = open(1000, 4096);
        journal.close();
        assertThatThrownBy(() -> journal.put("a", bytes("x"), false)).isInstanceOf(JournalException.class);
    }

    private Journal open(int keptKeys, int segmentBytes) {
        return Journal.open(new JournalSettings(directory, keptKeys, segmentBytes), Runnable::run);
    }

    private static void fill(Journal journal, int keys) throws Exception {
        for (int i = 0; i < keys; i++) {
            put(journal, "key-" + i, "x".repeat(200), false);
        }
    }

    private static void put(Journal journal, String key, String document, boolean open) throws Exception {
        journal.put(key, bytes(document), open).get(10, TimeUnit.SECONDS);
    }

    private static String document(Journal journal, String key) {
        return new String(journal.get(key).orElseThrow().document(), UTF_8);
    }

    private static List<String> exported(Journal journal) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        journal.export(out);
        return out.toString(UTF_8).lines().toList();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(path -> path.toString().endsWith(Segment.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
