package io.millrace.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Sends signals that Java has no method for, by the shell's own {@code kill}: the program is not everywhere. */
public final class Signals {

    private static final long SECONDS = 10;

    private Signals() {}

    /** Halts processes: connections stay open and nothing answers. */
    public static void pause(Collection<ProcessHandle> processes) {
        send("STOP", processes);
    }

    /** Lets halted processes go on. */
    public static void resume(Collection<ProcessHandle> processes) {
        send("CONT", processes);
    }

    /** Asks processes to end, as Ctrl-C does. */
    public static void interrupt(Collection<ProcessHandle> processes) {
        send("INT", processes);
    }

    private static void send(String signal, Collection<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        String script = processes.stream()
                .map(process -> "kill -" + signal + " " + process.pid())
                .collect(Collectors.joining("; "));
        try {
            Process kill = new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                throw new IllegalStateException("sending " + signal + " took more than " + SECONDS + " s");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't send " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + signal, e);
        }
    }
}
