package io.millrace.local.cli;

import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.PidFiles;
import io.millrace.local.data.PlatformState;
import io.millrace.local.process.ProcessMemory;
import io.millrace.local.settings.ByteSize;
import io.millrace.local.settings.Settings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A table of all processes; 0 when all of them are ready, 3 otherwise. */
final class StatusCommand {

    private final Settings settings;
    private final PrintStream out;

    StatusCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run() {
        Optional<PlatformState> state = Running.state(settings);
        return state.map(this::running).orElseGet(this::notRunning);
    }

    private int running(PlatformState state) {
        out.printf(
                "%-24s %-8s %-12s %8s %10s %9s %6s %10s%n",
                "NAME", "PID", "STATE", "RESTARTS", "UPTIME", "MEMORY", "PORT", "MANAGEMENT");
        long memory = 0;
        for (PlatformState.Entry entry : state.processes()) {
            long used =
                    ProcessHandle.of(entry.pid()).map(ProcessMemory::ofFamily).orElse(0L);
            memory += used;
            out.printf(
                    "%-24s %-8s %-12s %8d %10s %9s %6d %10s%n",
                    entry.name(),
                    entry.pid() == 0 ? "-" : entry.pid(),
                    entry.state(),
                    entry.restarts(),
                    uptime(entry.started()),
                    new ByteSize(used),
                    entry.port(),
                    entry.managementPort() == 0 ? "-" : entry.managementPort());
        }
        long own = state.supervisor().process().map(ProcessMemory::ofAlone).orElse(0L);
        out.printf(
                "%-24s %-8d %-12s %8s %10s %9s %6d %10s%n",
                "front door",
                state.supervisor().pid(),
                "ready",
                "-",
                uptime(startOf(state)),
                new ByteSize(own),
                state.url().getPort(),
                "-");
        out.println();
        out.println("address  " + state.url());
        out.println("memory   " + new ByteSize(memory + own) + " in all");
        data();
        return state.processes().stream().allMatch(PlatformState.Entry::ready) ? ExitCodes.DONE : ExitCodes.NOT_READY;
    }

    private static Instant startOf(PlatformState state) {
        return state.supervisor()
                .process()
                .flatMap(process -> process.info().startInstant())
                .orElse(Instant.EPOCH);
    }

    private int notRunning() {
        out.println("Millrace does not run: start it by ./millrace up");
        DataDirectory data = Running.data(settings);
        if (data.isOurs()) {
            Map<String, ProcessHandle> left = new PidFiles(data.run()).living();
            left.forEach((name, process) ->
                    out.println(name + " was left behind as process " + process.pid() + ": ./millrace down stops it"));
            data();
        }
        return ExitCodes.NOT_READY;
    }

    private void data() {
        DataDirectory data = Running.data(settings);
        out.println("data     " + new ByteSize(data.bytes()) + " of " + settings.dataLimit() + " in " + data.root());
        ByteSize free = new ByteSize(data.freeBytes());
        boolean low = free.bytes() < settings.freeSpace().bytes();
        out.println("disk     " + free + " free" + (low ? ": too little" : ""));
    }

    private static String uptime(Instant started) {
        if (started.equals(Instant.EPOCH)) {
            return "-";
        }
        Duration age = Duration.between(started, Instant.now());
        if (age.toHours() > 0) {
            return age.toHours() + "h" + age.toMinutesPart() + "m";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" + age.toSecondsPart() + "s" : age.toSeconds() + "s";
    }
}
