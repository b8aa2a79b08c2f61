package io.millrace.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path folder;

    @Test
    void isMadeWhereNothingIsAndForItsOwnerOnly() throws IOException {
        DataDirectory data = new DataDirectory(folder.resolve("a/b"));
        assertThat(data.isOurs()).isFalse();
        data.create();
        assertThat(data.isOurs()).isTrue();
        assertThat(data.logs()).isDirectory();
        assertThat(data.run()).isDirectory();
        assertThat(data.keys()).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                .isEqualTo("rwx------");
    }

    @Test
    void takesAnEmptyFolderAndItsOwn() {
        DataDirectory data = new DataDirectory(folder);
        data.create();
        data.create();
        assertThat(data.isOurs()).isTrue();
    }

    @Test
    void refusesAFolderThatHoldsSomethingElseAndLeavesItAlone() throws IOException {
        Path own = Files.writeString(folder.resolve("thesis.txt"), "mine");
        DataDirectory data = new DataDirectory(folder);
        assertThatThrownBy(data::create)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MILLRACE_DATA");
        assertThatThrownBy(data::delete).isInstanceOf(IllegalStateException.class);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(own);
        }
    }

    @Test
    void refusesDataOfAnotherFormatAndSaysWhatDeletesThem() throws IOException {
        Files.writeString(folder.resolve("millrace-data"), "2\n");
        assertThatThrownBy(() -> new DataDirectory(folder).create())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("./millrace reset");
    }

    @Test
    void refusesAFileInItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "a file");
        assertThatThrownBy(() -> new DataDirectory(file).create())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("a file");
    }

    @Test
    void deletesWhatAPlatformHasPutThereAndNothingElse() throws IOException {
        DataDirectory data = new DataDirectory(folder.resolve("data"));
        fill(data);
        Path own = Files.writeString(data.root().resolve("thesis.txt"), "mine");
        data.delete();
        assertThat(own).hasContent("mine");
        try (var files = Files.list(data.root())) {
            assertThat(files).containsExactly(own);
        }
    }

    @Test
    void canBeMadeAgainAfterItWasDeleted() throws IOException {
        DataDirectory data = new DataDirectory(folder.resolve("data"));
        fill(data);
        Files.writeString(data.root().resolve("state.new"), "of a supervisor that was killed while it wrote");
        data.delete();
        assertThat(data.root()).doesNotExist();
        data.create();
        assertThat(data.isOurs()).isTrue();
    }

    @Test
    void followsNoLinkWhenItDeletes() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path kept = Files.writeString(outside.resolve("kept"), "mine");
        DataDirectory data = new DataDirectory(folder.resolve("data"));
        fill(data);
        Files.createSymbolicLink(data.kafka().resolve("link"), outside);
        data.delete();
        assertThat(data.root()).doesNotExist();
        assertThat(kept).hasContent("mine");
    }

    @Test
    void countsTheBytesOfAllFiles() throws IOException {
        DataDirectory data = new DataDirectory(folder);
        data.create();
        long before = data.bytes();
        Files.createDirectories(data.kafka().resolve("topic"));
        Files.write(data.kafka().resolve("topic/segment"), new byte[12_345]);
        assertThat(data.bytes() - before).isEqualTo(12_345);
        assertThat(data.freeBytes()).isPositive();
    }

    private static void fill(DataDirectory data) throws IOException {
        data.create();
        Files.createDirectories(data.kafka().resolve("topic"));
        Files.writeString(data.kafka().resolve("topic/segment"), "records");
        Files.writeString(data.log("kafka"), "a line");
        Files.writeString(data.log("kafka").resolveSibling("kafka.log.1"), "an older line");
        Files.writeString(data.state(), "state");
        Files.writeString(data.lock(), "");
        new Secrets(data.keys()).of("demo-secret");
    }
}
