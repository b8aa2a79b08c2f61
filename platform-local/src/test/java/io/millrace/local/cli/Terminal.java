package io.millrace.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a test types commands: in this JVM, with an environment of its own, hearing all that is said. */
final class Terminal {

    private final Map<String, String> environment = new HashMap<>();

    /** What a command said and how it ended. */
    record Said(int code, String out, String err) {}

    /** A terminal whose commands use a data directory. */
    Terminal(Path data) {
        environment.put("MILLRACE_DATA", data.toString());
    }

    Terminal with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Said type(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code;
        try (PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream warned = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            code = Main.run(List.of(line.split(" ", -1)), environment, printed, warned);
        }
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
