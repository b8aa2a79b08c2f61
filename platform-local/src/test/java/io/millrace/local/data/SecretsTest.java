package io.millrace.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void areMadeOnceAndThenKept() {
        String secret = new Secrets(folder).of("demo-secret");
        assertThat(secret).matches("[0-9a-f]{48}");
        assertThat(new Secrets(folder).of("demo-secret")).isEqualTo(secret);
    }

    @Test
    void differByNameAndByFolder() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        assertThat(new Secrets(folder).of("a"))
                .isNotEqualTo(new Secrets(folder).of("b"))
                .isNotEqualTo(new Secrets(other).of("a"));
    }

    @Test
    void areReadByTheirOwnerOnly() throws IOException {
        new Secrets(folder).of("a");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
                .isEqualTo("rw-------");
    }

    @Test
    void areMadeAnewWhereAKillLeftHalfOfOne() throws IOException {
        Files.writeString(folder.resolve("a.new"), "half");
        assertThat(new Secrets(folder).of("a")).hasSize(48);
    }
}
