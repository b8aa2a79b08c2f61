package io.millrace.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFilesTest {

    private static final ProcessMark SELF =
            ProcessMark.of(ProcessHandle.current()).orElseThrow();

    @TempDir
    Path folder;

    @Test
    void findProcessesByTheirNames() {
        PidFiles pids = new PidFiles(folder);
        pids.write("order-service", SELF);
        pids.write("order-service-2", SELF);
        assertThat(pids.living()).containsOnlyKeys("order-service", "order-service-2");
        assertThat(pids.living().get("order-service")).isEqualTo(ProcessHandle.current());
        pids.remove("order-service");
        pids.remove("order-service");
        assertThat(pids.living()).containsOnlyKeys("order-service-2");
    }

    @Test
    void findNothingWhereNothingEverRan() {
        assertThat(new PidFiles(folder.resolve("none")).living()).isEmpty();
    }

    @Test
    void passOverProcessesThatHaveEndedAndFilesOfAnotherForm() throws IOException {
        Process ended = new ProcessBuilder("true").start();
        ProcessMark mark = new ProcessMark(ended.pid(), SELF.birth());
        ended.onExit().join();
        PidFiles pids = new PidFiles(folder);
        pids.write("ended", mark);
        Files.writeString(folder.resolve("words.pid"), "no mark at all");
        Files.writeString(folder.resolve("kafka.new"), SELF.toString());
        assertThat(pids.living()).isEmpty();
    }

    @Test
    void passOverAnotherProcessThatHasTheNotedIdNow() {
        PidFiles pids = new PidFiles(folder);
        pids.write("kafka", new ProcessMark(SELF.pid(), SELF.birth() + "0"));
        assertThat(pids.living()).isEmpty();
    }
}
