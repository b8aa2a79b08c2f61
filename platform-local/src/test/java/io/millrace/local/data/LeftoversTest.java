package io.millrace.local.data;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.process.ProcessMark;
import io.millrace.local.process.Shell;
import io.millrace.local.process.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real processes, which stand for what a killed supervisor has left behind. */
class LeftoversTest {

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @Test
    void areEndedByTheirPidFilesWhichGoWithThem() throws Exception {
        PidFiles pids = new PidFiles(folder);
        Process service = noted(pids, "order-service", "exec sleep 600");
        Process broker = noted(pids, "kafka", "exec sleep 600");
        Process database = noted(pids, "postgres", "exec sleep 600");
        assertThat(Leftovers.end(pids)).containsExactly("kafka", "order-service", "postgres");
        assertThat(service.waitFor(1, SECONDS)).isTrue();
        assertThat(broker.waitFor(1, SECONDS)).isTrue();
        assertThat(database.waitFor(1, SECONDS)).isTrue();
        assertThat(service.exitValue()).as("SIGTERM").isEqualTo(128 + 15);
        assertThat(database.exitValue()).as("SIGINT").isEqualTo(128 + 2);
        assertThat(folder).isEmptyDirectory();
        assertThat(Leftovers.end(pids)).isEmpty();
    }

    @Test
    void neverAreAnUnrelatedProcessThatHasTheIdOfADeadOne() throws Exception {
        PidFiles pids = new PidFiles(folder);
        Process unrelated = start("exec sleep 600");
        ProcessMark dead = ProcessMark.of(ProcessHandle.current()).orElseThrow();
        pids.write("kafka", new ProcessMark(unrelated.pid(), dead.birth()));
        assertThat(Leftovers.end(pids)).isEmpty();
        assertThat(unrelated.isAlive()).isTrue();
    }

    @Test
    void areEndedEvenWhenTheyAreHalted() throws Exception {
        PidFiles pids = new PidFiles(folder);
        Process service = noted(pids, "fraud-service", "exec sleep 600");
        Signals.pause(List.of(service.toHandle()));
        assertThat(Leftovers.end(pids)).containsExactly("fraud-service");
        assertThat(service.waitFor(1, SECONDS)).isTrue();
        assertThat(service.exitValue()).isEqualTo(128 + 15);
    }

    @Test
    void areEndedWithTheChildrenThatDoNotHearOfIt() throws Exception {
        PidFiles pids = new PidFiles(folder);
        Process service = noted(pids, "order-service", "sleep 600 & wait");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.descendants().findAny().isPresent());
        ProcessHandle child = service.descendants().findAny().orElseThrow();
        Leftovers.end(pids);
        assertThat(service.isAlive()).isFalse();
        assertThat(child.isAlive()).isFalse();
    }

    private Process noted(PidFiles pids, String name, String script) throws IOException {
        Process process = start(script);
        pids.write(name, ProcessMark.of(process.toHandle()).orElseThrow());
        return process;
    }

    private Process start(String script) throws IOException {
        Process process = Shell.start(script);
        started.add(process);
        return process;
    }
}
