package io.millrace.local.supervision;

/** Hears what happens to processes. Called by the supervising threads: must return quickly and not throw. */
@FunctionalInterface
public interface ProcessListener {

    /** Takes note. */
    void on(ProcessEvent event);
}
