package io.millrace.local.supervision;

import java.time.Instant;

/**
 * How a supervised process does.
 *
 * @param state what it is doing
 * @param pid its process id, or the last one; 0 before the first start
 * @param started when it was last started
 * @param restarts how often it was started again since its supervision began
 * @param deaths deaths in a row
 * @param hasServed whether it has ever been ready since its supervision began
 */
public record ProcessStatus(
        ProcessState state, long pid, Instant started, int restarts, int deaths, boolean hasServed) {

    static ProcessStatus stopped() {
        return new ProcessStatus(ProcessState.STOPPED, 0, Instant.EPOCH, 0, 0, false);
    }

    ProcessStatus with(ProcessState next) {
        return new ProcessStatus(next, pid, started, restarts, deaths, hasServed || next == ProcessState.READY);
    }

    ProcessStatus started(long newPid) {
        int again = pid == 0 ? restarts : restarts + 1;
        return new ProcessStatus(ProcessState.STARTING, newPid, Instant.now(), again, deaths, hasServed);
    }

    ProcessStatus died(int inARow) {
        return new ProcessStatus(ProcessState.RESTARTING, pid, started, restarts, inARow, hasServed);
    }
}
