package io.millrace.recommendation.sessions.topology;

import io.millrace.streams.StreamsSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the session topology runs, {@code millrace.recommendation.streams.*}.
 *
 * @param commitInterval how long visits are gathered before they are committed and seen by the index; 5 ms to 1 s. Shorter
 *     answers a click sooner and costs processor time, most of it the broker's
 * @param pollFor how long a thread waits for records before it looks whether a commit is due; 1 ms to
 *     {@code commitInterval}
 * @param threads stream threads, 1 to 6 (the topic's partitions)
 * @param standbyReplicas copies of the state on other instances, 0 to 2. Answers come from the index, which every instance
 *     has whole: copies only make a take-over sooner
 * @param instanceId name of this instance among those of the service, unlike any other's. With it a restart within
 *     {@code sessionTimeout} takes its partitions up again without a rebalance; without it, members come and go
 * @param stateDirectory where Streams keeps files; one instance's own. The state lives in memory and its changelog, so that
 *     losing the directory loses nothing
 * @param visitors visitors remembered in each of the 6 partitions, 100 to 1,000,000; the one not seen for longest is
 *     forgotten, and begins a new session when it comes back. About 400 bytes each at ten clicks, 10,000 at the most
 * @param sessionTimeout after this time without a sign of life an instance's partitions move to another; at least 6 s
 * @param transactionTimeout after this time the broker ends a dead instance's open transaction, for which readers of the
 *     sessions wait; longer than {@code commitInterval}
 * @param firstBackoff wait before a failed thread is replaced, doubled with each failure that follows within a minute
 * @param longestBackoff longest such wait
 */
@Validated
@ConfigurationProperties("millrace.recommendation.streams")
public record StreamsProperties(
        @DefaultValue("100ms") @NotNull Duration commitInterval,
        @DefaultValue("25ms") @NotNull Duration pollFor,
        @DefaultValue("1") @Min(1) @Max(6) int threads,
        @DefaultValue("0") @Min(0) @Max(2) int standbyReplicas,
        @Nullable String instanceId,
        @NotNull Path stateDirectory,
        @DefaultValue("10000") @Min(100) @Max(1_000_000) int visitors,
        @DefaultValue("10s") @NotNull Duration sessionTimeout,
        @DefaultValue("10s") @NotNull Duration transactionTimeout,
        @DefaultValue("200ms") @NotNull Duration firstBackoff,
        @DefaultValue("10s") @NotNull Duration longestBackoff)
        implements StreamsSettings {}
