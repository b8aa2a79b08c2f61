package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A postmaster that an earlier, killed parent left behind on the same data.
 *
 * <p>It is stopped: by SIGINT, by SIGKILL after 30 s. One whose parent is a living JVM is in use, and the start is refused. A lock file whose process id has been given to another program since is deleted, as PostgreSQL would refuse to
 * start beside it.
 */
final class StalePostmaster {

    private static final long STOP_SECONDS = 30;
    private static final long KILL_SECONDS = 10;

    private StalePostmaster() {}

    static void clear(Path cluster) {
        Path lockFile = cluster.resolve("postmaster.pid");
        Optional<ProcessHandle> process = holder(lockFile);
        if (process.isEmpty()) {
            return; // none, or a dead one's file: PostgreSQL deals with that itself
        }
        ProcessHandle holder = process.get();
        try {
            if (!serves(holder, cluster)) {
                Files.deleteIfExists(lockFile);
                return;
            }
            Optional<ProcessHandle> owner = holder.parent().filter(StalePostmaster::isJvm);
            if (owner.isPresent()) {
                throw new ServerStartException(
                        "PostgreSQL already runs on " + cluster + " (process " + holder.pid() + ", started by process "
                                + owner.get().pid() + ")",
                        null);
            }
            end(holder);
        } catch (IOException e) {
            throw new ServerStartException("can't delete " + lockFile, e);
        }
    }

    private static Optional<ProcessHandle> holder(Path lockFile) {
        try {
            List<String> lines = Files.readAllLines(lockFile);
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // no file, or none that PostgreSQL would accept either
        }
    }

    private static boolean serves(ProcessHandle process, Path cluster) {
        return process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(cluster.toString()))
                .orElse(false);
    }

    private static boolean isJvm(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).endsWith("java"))
                .orElse(false);
    }

    private static void end(ProcessHandle postmaster) {
        List<ProcessHandle> children = postmaster.descendants().toList();
        StopSignal.INT.send(postmaster);
        Signals.send("CONT", postmaster); // a paused one would never follow
        if (!ended(List.of(postmaster), STOP_SECONDS)) {
            postmaster.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        if (!ended(List.of(postmaster), KILL_SECONDS) || !ended(children, KILL_SECONDS)) {
            throw new ServerStartException("can't stop the PostgreSQL left behind as " + postmaster.pid(), null);
        }
    }

    private static boolean ended(List<ProcessHandle> processes, long seconds) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerStartException("interrupted while stopping an earlier PostgreSQL", e);
        }
    }
}
