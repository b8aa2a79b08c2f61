package io.millrace.local.data;

import io.millrace.local.process.Endings;
import io.millrace.local.process.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Processes that a killed supervisor left behind. */
public final class Leftovers {

    private static final Duration SERVICES_WITHIN = Duration.ofSeconds(15);
    private static final Duration INFRASTRUCTURE_WITHIN = Duration.ofSeconds(20);
    private static final List<String> LAST = List.of("kafka", "postgres"); // what the others need

    private Leftovers() {}

    /**
     * Ends them, cleanly where that goes: services first, then broker and database.
     *
     * @return the names of those that were there
     * @throws IllegalStateException when one does not even end by SIGKILL
     */
    public static List<String> end(PidFiles pids) {
        Map<String, ProcessHandle> living = pids.living();
        List<ProcessHandle> services = living.entrySet().stream()
                .filter(entry -> !LAST.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        endAll(services, Leftovers::terminate, SERVICES_WITHIN);
        for (String name : LAST) {
            ProcessHandle process = living.get(name);
            if (process != null && name.equals("postgres")) {
                // It ends its children by itself, and SIGTERM would wait for its clients to leave.
                endAll(List.of(process), _ -> Signals.interrupt(List.of(process)), INFRASTRUCTURE_WITHIN);
            } else if (process != null) {
                endAll(List.of(process), Leftovers::terminate, INFRASTRUCTURE_WITHIN);
            }
        }
        living.keySet().forEach(pids::remove);
        return List.copyOf(living.keySet());
    }

    private static void terminate(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroy);
    }

    private static void endAll(List<ProcessHandle> processes, Consumer<List<ProcessHandle>> request, Duration within) {
        // Before anybody is told: the children of one that has ended are not to be found any more.
        List<ProcessHandle> families = processes.stream()
                .flatMap(process -> Endings.family(process).stream())
                .toList();
        request.accept(families);
        Signals.resume(families); // a halted one would never follow
        if (!Endings.await(families, within) && !Endings.kill(families)) {
            throw new IllegalStateException("processes did not end when killed: "
                    + families.stream().map(ProcessHandle::pid).toList());
        }
    }
}
