package io.millrace.local.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for processes to end, and ends them. */
public final class Endings {

    private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

    private Endings() {}

    /** A process and all it has started. */
    public static List<ProcessHandle> family(ProcessHandle process) {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(process); // first: a parent may start its children anew when they die
        process.descendants().forEach(all::add);
        return all;
    }

    /** Whether all have ended within a time; false, too, when the waiting thread is interrupted, which stays so. */
    public static boolean await(Collection<ProcessHandle> processes, Duration within) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // the end of a process has no exceptional outcome
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL to all; whether they have ended. */
    public static boolean kill(Collection<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        return await(processes, KILLED_WITHIN);
    }
}
