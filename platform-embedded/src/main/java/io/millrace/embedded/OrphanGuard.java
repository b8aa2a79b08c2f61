package io.millrace.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Ends a child process when this JVM has ended without doing so, as after {@code kill -9}.
 *
 * <p>A shell waits on a pipe from this JVM; when the pipe closes while the child lives, the shell sends the child its
 * stop signal. The guard goes when the child does. Children don't outlive their parent by more than their clean stop,
 * unless the guard is killed too.
 */
public final class OrphanGuard {

    private OrphanGuard() {}

    /** Guards a process until it ends. */
    public static void watch(Process child, StopSignal signal) {
        // Ctrl-C reaches every process of the terminal: the guard has to outlive that, or it guards nothing.
        String script = "trap '' INT HUP TERM; read -r _; kill -" + signal.name() + " " + child.pid();
        try {
            Process guard = new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var _ = child.onExit().thenRun(guard::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException("can't start the guard of process " + child.pid(), e);
        }
    }
}
