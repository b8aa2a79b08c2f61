package io.millrace.local.supervision;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.ServerCommand;
import io.millrace.embedded.StopSignal;
import io.millrace.local.data.Leftovers;
import io.millrace.local.data.PidFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a JVM that supervises a process, and looks at what becomes of that. */
class KilledSupervisorTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private PidFiles pids;

    @BeforeEach
    void make() {
        pids = new PidFiles(folder);
    }

    @AfterEach
    void endAll() {
        pids.living().values().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void takesItsProcessesAlong() throws Exception {
        ProcessHandle child = killSupervisorOf("exec sleep 600");
        await().atMost(SOON).until(() -> !child.isAlive());
        assertThat(pids.living()).isEmpty();
        assertThat(Leftovers.end(pids)).isEmpty();
    }

    @Test
    void leavesToTheNextOneWhatDoesNotEnd() throws Exception {
        ProcessHandle child = killSupervisorOf("trap '' TERM; exec sleep 600");
        await().during(Duration.ofMillis(200)).atMost(SOON).until(child::isAlive);
        assertThat(Leftovers.end(pids)).containsExactly("server");
        assertThat(child.isAlive()).isFalse();
        assertThat(folder.resolve("server.pid")).doesNotExist();
    }

    private ProcessHandle killSupervisorOf(String script) throws Exception {
        Process supervisor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Supervisor.class.getName(),
                        folder.toString(),
                        script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(said(supervisor)).isEqualTo("ready");
            assertThat(pids.living()).containsOnlyKeys("server");
            return pids.living().values().iterator().next();
        } finally {
            supervisor.destroyForcibly();
            assertThat(supervisor.waitFor(10, SECONDS)).isTrue();
        }
    }

    private static String said(Process process) throws IOException {
        return String.valueOf(process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    /** Supervises a process that is told to end by SIGTERM, and waits to be killed. */
    static final class Supervisor {

        private Supervisor() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path folder = Path.of(arguments[0]);
            ServerCommand command = new ServerCommand(
                    "server",
                    List.of("sh", "-c", arguments[1]),
                    Map.of(),
                    folder,
                    () -> {},
                    () -> true,
                    SOON,
                    StopSignal.TERM, // a shell's background job ignores SIGINT, and so do its children
                    SOON);
            ProcessSpec spec = ProcessSpec.of(command, Duration.ofSeconds(1), folder.resolve("server.log"));
            SupervisedProcess process = new SupervisedProcess(spec, new PidFiles(folder), _ -> {});
            process.start();
            System.out.println(process.awaitReady(SOON) ? "ready" : "not ready");
            Thread.currentThread().join();
        }
    }
}
