package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script itself, as far as it needs no build. */
class ScriptTest {

    private static final Path SCRIPT = Installation.current().script();

    @TempDir
    Path folder;

    static Stream<String> shells() {
        return Stream.of("sh", "bash", "dash", "zsh", "ksh")
                .filter(shell -> Arrays.stream(System.getenv("PATH").split(":", -1))
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, shell))));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void isUnderstoodByEveryShell(String shell) throws Exception {
        for (String file : List.of("millrace", "mvnw", ".mvn/jdk.sh")) {
            Path script = SCRIPT.resolveSibling(file);
            assertThat(said(shell, "-n", script.toString())).as(file).isEmpty();
        }
    }

    @Test
    void worksThroughLinksAndFromAnywhere() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), SCRIPT);
        Path second = Files.createSymbolicLink(folder.resolve("with a blank"), first.getFileName());
        try {
            assertThat(said(second.toString(), "token", "--help")).startsWith("Usage: ./millrace token");
        } finally {
            Files.delete(first);
        }
    }

    private String said(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
