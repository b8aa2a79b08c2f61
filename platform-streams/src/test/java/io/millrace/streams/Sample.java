package io.millrace.streams;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings as a service has them: a record of its own. */
record Sample(
        Duration commitInterval,
        Duration pollFor,
        int threads,
        int standbyReplicas,
        @Nullable String instanceId,
        @NotNull Path stateDirectory,
        Duration sessionTimeout,
        Duration transactionTimeout,
        Duration firstBackoff,
        Duration longestBackoff)
        implements StreamsSettings {

    static Sample of(@Nullable String instanceId, Path stateDirectory) {
        return new Sample(
                Duration.ofMillis(50),
                Duration.ofMillis(10),
                1,
                0,
                instanceId,
                stateDirectory,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMillis(1),
                Duration.ofMillis(4));
    }
}
