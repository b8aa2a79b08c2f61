package io.millrace.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends signals that Java has no method for, through the shell's own {@code kill}: the program is not everywhere. */
final class Signals {

    private static final long SECONDS = 10;

    private Signals() {}

    /** Sends a signal, such as {@code STOP}; processes that have ended already are passed over. */
    static void send(String signal, ProcessHandle process) {
        send(signal, List.of(process));
    }

    static void send(String signal, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        StringBuilder script = new StringBuilder();
        processes.forEach(p -> script.append("kill -")
                .append(signal)
                .append(' ')
                .append(p.pid())
                .append("; "));
        try {
            Process kill = new ProcessBuilder("sh", "-c", script + "true")
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
