package io.millrace.embedded;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How PostgreSQL, which refuses to run as root, is run all the same where this JVM does: in a user namespace of its own
 * ({@code unshare -U}), where root is nobody. Files stay root's, and the process stays our direct child.
 */
final class Unprivileged {

    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final long SECONDS = 10;

    private Unprivileged() {}

    /**
     * What has to stand before the program; empty for an ordinary user.
     *
     * @throws ServerStartException when this JVM runs as root where user namespaces are not allowed
     */
    static List<String> prefix() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        if (!linux || !"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (!namespaceWorks()) {
            throw new ServerStartException(
                    "PostgreSQL does not run as root, and user namespaces (unshare -U) are not allowed here: "
                            + "run as an ordinary user",
                    null);
        }
        return NAMESPACE;
    }

    private static boolean namespaceWorks() {
        try {
            Process process = new ProcessBuilder("unshare", "-U", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
