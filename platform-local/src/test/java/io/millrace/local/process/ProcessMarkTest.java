package io.millrace.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessMarkTest {

    @Test
    void findsItsProcessAsLongAsThatLives() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        ProcessMark mark = ProcessMark.of(process.pid()).orElseThrow();
        assertThat(mark.process()).contains(process.toHandle());
        assertThat(ProcessMark.of(process.toHandle())).contains(mark);
        process.destroyForcibly().onExit().join();
        assertThat(mark.process()).isEmpty();
        assertThat(ProcessMark.of(mark.pid())).isEmpty();
    }

    @Test
    void isNoOtherProcessOfTheSameId() {
        ProcessMark self = ProcessMark.of(ProcessHandle.current()).orElseThrow();
        assertThat(new ProcessMark(self.pid(), self.birth() + "1").process()).isEmpty();
    }

    @Test
    void isReadAsItWasWritten() {
        ProcessMark self = ProcessMark.of(ProcessHandle.current()).orElseThrow();
        assertThat(ProcessMark.parse(self + "\n")).contains(self);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4711", "x y", "99999999999999999999 y"})
    void isEmptyForEverythingElse(String text) {
        assertThat(ProcessMark.parse(text)).isEmpty();
    }

    /** The name is the second field of /proc/&lt;pid&gt;/stat and stands there as it is. */
    @Test
    void doesNotMindWhatTheProgramIsCalled(@TempDir Path folder) throws IOException {
        Path sleep = Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, "sleep"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        Path odd = Files.copy(sleep, folder.resolve("a) R (b"), StandardCopyOption.COPY_ATTRIBUTES);
        Process process = new ProcessBuilder(odd.toString(), "600").start();
        try {
            ProcessMark mark = ProcessMark.of(process.pid()).orElseThrow();
            ProcessMark self = ProcessMark.of(ProcessHandle.current()).orElseThrow();
            assertThat(mark.process()).contains(process.toHandle());
            assertThat(mark.birth()).hasSameSizeAs(self.birth()).isNotEqualTo(self.birth());
        } finally {
            process.destroyForcibly();
        }
    }
}
