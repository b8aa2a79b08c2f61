package io.millrace.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs as a child process of this JVM and ends with it, whichever way this JVM ends.
 *
 * <p>Signals may be sent from any thread, also while another waits for a start or a stop.
 */
final class ChildServer {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);
    private static final int TAIL_LINES = 40;

    private final ServerCommand command;
    private final Path log;
    private final Thread endsWithThisJvm;
    private volatile @Nullable Process process;

    /** A server, not yet started, whose output goes to a log; what is to happen when this JVM ends comes last. */
    ChildServer(ServerCommand command, Path log, Runnable atExit) {
        this.command = command;
        this.log = log;
        this.endsWithThisJvm = new Thread(atExit, "end-" + command.name());
        Runtime.getRuntime().addShutdownHook(endsWithThisJvm);
    }

    /** Starts the server and waits until it serves; does nothing when it runs. */
    synchronized void start() {
        if (isAlive()) {
            return;
        }
        command.preparation().run();
        Process started;
        try {
            Files.createDirectories(command.directory());
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            started = command.processBuilder(log).start();
            process = started;
            OrphanGuard.watch(started, command.stopSignal());
            awaitReady(started, logStart);
        } catch (IOException e) {
            throw new ServerStartException("can't start " + command.name(), e);
        }
    }

    private void awaitReady(Process started, long logStart) {
        Instant deadline = Instant.now().plus(command.readyWithin());
        try {
            while (!started.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                if (command.readiness().isReady()) {
                    return;
                }
                if (Instant.now().isAfter(deadline)) {
                    kill();
                    throw failure(
                            "did not answer within " + command.readyWithin().toSeconds() + " s", logStart);
                }
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new ServerStartException("interrupted while starting " + command.name(), e);
        }
        throw failure("ended with exit code " + started.exitValue() + " while starting", logStart);
    }

    private ServerStartException failure(String what, long logStart) {
        String message = "%s %s; the end of %s:%n%s".formatted(command.name(), what, log, tail(logStart));
        return new ServerStartException(message, null);
    }

    private String tail(long from) {
        try {
            byte[] written = Files.readAllBytes(log);
            int start = (int) Math.min(from, written.length);
            List<String> lines = new String(written, start, written.length - start, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /**
     * Id of the running process, or of the last one.
     *
     * @throws IllegalStateException when it was never started
     */
    long pid() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException(command.name() + " was never started");
        }
        return current.pid();
    }

    /** Asks for a clean end and waits for it; kills when that takes too long. Does nothing when it has ended. */
    void stop() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return;
        }
        resume(); // a paused process can't follow a request
        command.stopSignal().send(current.toHandle());
        try {
            if (!current.waitFor(command.stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL to the process and all its children; returns when they have ended. */
    void kill() {
        List<ProcessHandle> all = processes();
        // The parent first: PostgreSQL's restarts its children when one of them dies.
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(ChildServer::awaitEnd);
    }

    /** SIGSTOP to the process and all its children. */
    void pause() {
        // Twice, as the second listing can hold a child that was forked before its parent stopped.
        Signals.send("STOP", processes());
        Signals.send("STOP", processes());
    }

    /** SIGCONT to the process and all its children. */
    void resume() {
        Signals.send("CONT", processes());
    }

    /** Forgets this server: it no longer ends with this JVM. To be called when it has ended. */
    void release() {
        try {
            Runtime.getRuntime().removeShutdownHook(endsWithThisJvm);
        } catch (IllegalStateException e) {
            // this JVM is ending, and the hook is running or has run
        }
    }

    private List<ProcessHandle> processes() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return List.of();
        }
        List<ProcessHandle> all = new ArrayList<>();
        all.add(current.toHandle());
        current.descendants().forEach(all::add);
        return all;
    }

    private static void awaitEnd(ProcessHandle handle) {
        try {
            var _ = handle.onExit().get(KILLED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("process " + handle.pid() + " did not end when killed", e);
        }
    }
}
