package io.millrace.local.cli;

import io.millrace.local.PlatformException;
import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.Leftovers;
import io.millrace.local.data.PidFiles;
import io.millrace.local.data.PlatformLock;
import io.millrace.local.data.PlatformState;
import io.millrace.local.process.Endings;
import io.millrace.local.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stops everything that runs on the data directory, and what a killed supervisor left behind; nothing else. */
final class DownCommand {

    // The supervisor's own bounds, one after the other: services, outside, broker, database.
    private static final Duration CLEANLY_WITHIN = Duration.ofSeconds(110);

    private final Settings settings;
    private final PrintStream out;

    DownCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run() {
        out.println(stop() ? "stopped; the data are kept" : "Millrace does not run: nothing to stop");
        return ExitCodes.DONE;
    }

    /** Whether there was anything to stop. */
    boolean stop() {
        DataDirectory data = Running.data(settings);
        if (!data.isOurs()) {
            return false;
        }
        Optional<ProcessHandle> supervisor = PlatformState.read(data.state())
                .flatMap(state -> state.supervisor().process());
        supervisor.ifPresent(this::end);
        try (PlatformLock _ = PlatformLock.take(data.lock())
                .orElseThrow(
                        () -> new PlatformException("Millrace is being started or stopped elsewhere: try again"))) {
            List<String> left = Leftovers.end(new PidFiles(data.run()));
            if (!left.isEmpty()) {
                out.println("stopped what a killed supervisor had left behind: " + String.join(", ", left));
            }
            Files.deleteIfExists(data.state());
            return supervisor.isPresent() || !left.isEmpty();
        } catch (IOException e) {
            throw new PlatformException("can't delete " + data.state() + ": " + e.getMessage(), e);
        }
    }

    private void end(ProcessHandle supervisor) {
        out.println("stopping process " + supervisor.pid());
        supervisor.destroy();
        if (!Endings.await(List.of(supervisor), CLEANLY_WITHIN)) {
            out.println("it does not end: killed");
            Endings.kill(List.of(supervisor));
        }
    }
}
