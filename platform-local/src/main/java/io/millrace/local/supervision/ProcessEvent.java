package io.millrace.local.supervision;

import java.nio.file.Path;
import java.time.Duration;

/** What happens to a supervised process. */
public sealed interface ProcessEvent {

    /** Name of the process. */
    String process();

    /** It has been started and does not serve yet. */
    record Started(String process, long pid) implements ProcessEvent {}

    /**
     * It serves, for the first time since its start or again.
     *
     * @param after since its start, or since it stopped serving
     */
    record Ready(String process, Duration after) implements ProcessEvent {}

    /** It runs, and does not serve any more. */
    record NotReady(String process) implements ProcessEvent {}

    /**
     * It has died, or could not be started, and will be started again.
     *
     * @param reason why, for people
     * @param deaths deaths in a row, this one included
     * @param delay wait before the next start
     * @param log where it says more
     */
    record Died(String process, String reason, int deaths, Duration delay, Path log) implements ProcessEvent {

        /** Deaths in a row from which on something is wrong for good. */
        static final int LOOP = 3;

        /** Whether it dies again and again. */
        public boolean isCrashLoop() {
            return deaths >= LOOP;
        }
    }

    /** It is about to be ended as wished. */
    record Stopping(String process) implements ProcessEvent {}

    /** It has been ended as wished. */
    record Stopped(String process) implements ProcessEvent {}
}
