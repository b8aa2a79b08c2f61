package io.millrace.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a child out of reach of the terminal: Ctrl-C there goes to every process of the foreground group, and would end
 * database and broker before the services that need them.
 */
public final class Detachment {

    private static final List<String> PREFIX = find();

    private Detachment() {}

    /** What has to stand before a program and its arguments; the process id stays the program's. */
    public static List<String> prefix() {
        return PREFIX;
    }

    private static List<String> find() {
        if (isOnPath("setsid")) {
            return List.of("setsid"); // Linux; runs the program in place, as no child leads a process group
        }
        if (isOnPath("perl")) {
            return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV"); // macOS
        }
        // What is ignored stays so in a JVM. PostgreSQL listens all the same and may end a little early.
        return List.of("sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\"");
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
