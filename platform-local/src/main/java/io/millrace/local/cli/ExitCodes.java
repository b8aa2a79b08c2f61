package io.millrace.local.cli;

/** What the commands tell a shell. */
final class ExitCodes {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    /** {@code status}: not everything is ready. */
    static final int NOT_READY = 3;

    private ExitCodes() {}
}
