package io.millrace.local.cli;

import java.util.Optional;

/** What a person asks for. */
sealed interface Command {

    /**
     * Start everything and stay.
     *
     * @param port of the front door; empty for the configured one
     * @param bind address of the front door; empty for the configured one
     * @param traffic whether demo traffic is wanted
     */
    record Up(Optional<Integer> port, Optional<String> bind, boolean traffic) implements Command {}

    /** Stop everything. */
    record Down() implements Command {}

    /** Say how everything does. */
    record Status() implements Command {}

    /**
     * Show a log.
     *
     * @param name of the process
     * @param follow whether to go on as it grows
     * @param lines how many of the last ones
     */
    record Logs(String name, boolean follow, int lines) implements Command {}

    /** Print a token of a demo user. */
    record Token(String user) implements Command {}

    /**
     * Stop and delete the data.
     *
     * @param yes whether that has been confirmed
     */
    record Reset(boolean yes) implements Command {}
}
