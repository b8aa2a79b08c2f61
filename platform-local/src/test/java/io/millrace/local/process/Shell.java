package io.millrace.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A shell that can be interrupted, also where the tests run as a background job, whose children ignore SIGINT. */
public final class Shell {

    private static final String STARTED = "started";

    private Shell() {}

    /** Runs a script, which has begun when this returns: a signal sent earlier would be ignored. */
    public static Process start(String script) throws IOException {
        Process process = new ProcessBuilder(
                        "perl",
                        "-e",
                        "$SIG{INT} = 'DEFAULT'; exec @ARGV",
                        "sh",
                        "-c",
                        "echo " + STARTED + "; " + script)
                .start();
        String said = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!STARTED.equals(said)) {
            throw new IllegalStateException("the shell said " + said);
        }
        return process;
    }
}
