package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.ServerCommand;
import io.millrace.embedded.StopSignal;
import io.millrace.local.data.DataDirectory;
import io.millrace.local.frontdoor.Instances;
import io.millrace.local.supervision.Probe;
import io.millrace.local.supervision.ProcessEvent;
import io.millrace.local.supervision.ProcessSpec;
import io.millrace.local.supervision.ProcessState;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformProcessesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Queue<String> notes = new ConcurrentLinkedQueue<>();

    @Test
    void goesOnSupervisingWhileItsStateCantBeWritten() throws Exception {
        DataDirectory data = new DataDirectory(folder.resolve("data"));
        data.create();
        PlatformProcesses processes = new PlatformProcesses(
                List.of(PlatformMember.infrastructure(spec(data), 1)),
                new Instances(),
                data,
                URI.create("http://localhost:1"),
                listener());
        try {
            // As on a full disk, for root too: a folder with something in it is replaced by no file.
            Files.delete(data.state());
            Files.createDirectories(data.state().resolve("full"));
            processes.startAll();
            PlatformProcess server = processes.of("server");
            server.awaitReady(SOON);
            server.kill();
            await().atMost(SOON).until(() -> server.restarts() == 1 && server.state() == ProcessState.READY);
            assertThat(notes).containsExactly("can't write " + data.state() + ": status knows nothing new meanwhile");
        } finally {
            processes.stopAll();
        }
        assertThat(processes.of("server").state()).isEqualTo(ProcessState.STOPPED);
    }

    private PlatformListener listener() {
        return new PlatformListener() {
            @Override
            public void on(ProcessEvent event) {}

            @Override
            public void note(String line) {
                notes.add(line);
            }
        };
    }

    private ProcessSpec spec(DataDirectory data) {
        ServerCommand command = new ServerCommand(
                "server",
                List.of("sh", "-c", "exec sleep 600"),
                Map.of(),
                folder,
                () -> {},
                () -> true,
                SOON,
                StopSignal.TERM,
                SOON);
        return new ProcessSpec("server", command, () -> Probe.Answer.READY, Duration.ofMillis(20), data.log("server"));
    }
}
