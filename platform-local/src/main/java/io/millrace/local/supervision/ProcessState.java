package io.millrace.local.supervision;

import java.util.Locale;

/** What a supervised process is doing. */
public enum ProcessState {
    /** Not wanted to run, or not yet. */
    STOPPED,
    /** Runs and does not serve yet. */
    STARTING,
    /** Serves. */
    READY,
    /** Runs, has served, and does not at present. */
    NOT_READY,
    /** Has died; waits to be started again. */
    RESTARTING;

    /** The word for people: {@code ready}, {@code not ready}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
