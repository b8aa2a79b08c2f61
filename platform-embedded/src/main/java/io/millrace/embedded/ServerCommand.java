package io.millrace.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything needed to run a server as a child process, apart from running it: for supervisors that own the process.
 *
 * <p>The order is: {@link #preparation}, start of {@link #processBuilder}, polling of {@link #readiness} until it is
 * true, {@link StopSignal#send} of {@link #stopSignal} in the end. All of it may be repeated on the same data.
 *
 * @param name what the server is called in messages, such as {@code kafka}
 * @param command program and arguments
 * @param environment variables set beside the inherited ones
 * @param directory working directory; exists once the preparation has run
 * @param preparation to be run before every start: creates directories and settings, initialises empty data, deals with
 *     what an earlier parent left behind. Repeatable
 * @param readiness whether the server answers
 * @param readyWithin how long a start may take, recovery after a crash included, before it has failed
 * @param stopSignal what asks the server to end cleanly
 * @param stopWithin how long a clean end may take before the process is to be killed
 */
public record ServerCommand(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Preparation preparation,
        Readiness readiness,
        Duration readyWithin,
        StopSignal stopSignal,
        Duration stopWithin) {

    /** Keeps its own copies. */
    public ServerCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** What has to be done before a start. */
    @FunctionalInterface
    public interface Preparation {
        /**
         * Prepares a start.
         *
         * @throws ServerStartException when the server can't be started, saying why
         */
        void run();
    }

    /** A bounded question whether a server answers: about 5 s at most, usually milliseconds. */
    @FunctionalInterface
    public interface Readiness {
        /** True when the server serves clients; false when it does not (yet), for whatever reason. */
        boolean isReady();
    }

    /**
     * A process builder for this command whose output, normal and error, is appended to a file. Standard input is a pipe
     * that nothing is written to.
     */
    public ProcessBuilder processBuilder(Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder;
    }
}
