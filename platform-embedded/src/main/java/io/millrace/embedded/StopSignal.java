package io.millrace.embedded;

/** A signal that asks a server to end cleanly. */
public enum StopSignal {
    /** The usual request; PostgreSQL would wait for its clients to leave ("smart shutdown"). */
    TERM,
    /** For PostgreSQL: ends every session and shuts down cleanly ("fast shutdown"). */
    INT;

    /** Sends the signal; nothing happens when the process has ended already. */
    public void send(ProcessHandle process) {
        Signals.send(name(), process);
    }
}
