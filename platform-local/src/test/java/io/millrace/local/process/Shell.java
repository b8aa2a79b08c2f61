package io.millrace.local.process;

import java.util.List;

/** A shell that can be interrupted, also where the tests run as a background job, whose children ignore SIGINT. */
public final class Shell {

    private Shell() {}

    /** The command that runs a script. */
    public static List<String> command(String script) {
        return List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV", "sh", "-c", script);
    }
}
