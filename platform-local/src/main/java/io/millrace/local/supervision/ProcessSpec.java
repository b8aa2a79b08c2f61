package io.millrace.local.supervision;

import io.millrace.embedded.ServerCommand;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process to be supervised.
 *
 * @param name what it is called, in its log's name too
 * @param command how it is prepared, started and ended
 * @param probe whether it serves
 * @param checkEvery how often that is asked once it does
 * @param log where its output goes
 */
public record ProcessSpec(String name, ServerCommand command, Probe probe, Duration checkEvery, Path log) {

    /** A server that is asked in its own way. */
    public static ProcessSpec of(ServerCommand command, Duration checkEvery, Path log) {
        Probe probe = () -> command.readiness().isReady() ? Probe.Answer.READY : Probe.Answer.NOT_READY;
        return new ProcessSpec(command.name(), command, probe, checkEvery, log);
    }
}
