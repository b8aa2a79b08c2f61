package io.millrace.fraud.scoring.topology;

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
 * How the scoring topology runs, {@code millrace.fraud.streams.*}.
 *
 * @param commitInterval how long decisions are gathered before they are committed and seen; 5 ms to 1 s. Shorter answers
 *     sooner and costs processor time, most of it the broker's. Measured at 200 transactions/s, one broker, two cores:
 *     20 ms p50/p99 27/125 ms at 3.5 processor seconds per 1,000 (topology and broker), 50 ms 43/100 at 3.2, 100 ms 64/121
 *     at 2.5
 * @param pollFor how long a thread waits for records before it looks whether a commit is due; 1 ms to
 *     {@code commitInterval}. Kafka's own 100 ms would hold back a lone decision for as long. Measured at 5
 *     transactions/s: 10 ms p50 48 ms at 0.046 cores, 25 ms 50 at 0.030, 50 ms 63 at 0.025
 * @param threads stream threads, 1 to 6 (the topic's partitions); one scores far more than one core's worth of orders
 * @param standbyReplicas copies of the state on other instances, 0 to 2. 0 where there is one instance, as there is nowhere
 *     to keep a copy; 1 where there are more, or a take-over waits until the whole changelog has been read
 * @param instanceId name of this instance among those of the service, unlike any other's. With it a restart within
 *     {@code sessionTimeout} takes its partitions up again without a rebalance; without it, members come and go
 * @param stateDirectory where Streams keeps files; one instance's own. The history lives in memory and its changelog, so
 *     that losing the directory loses nothing
 * @param sessionTimeout after this time without a sign of life an instance's partitions move to another; at least 6 s
 * @param transactionTimeout after this time the broker ends a dead instance's open transaction, for which readers of the
 *     decisions wait; longer than {@code commitInterval}
 * @param firstBackoff wait before a failed thread is replaced, doubled with each failure that follows within a minute
 * @param longestBackoff longest such wait
 */
@Validated
@ConfigurationProperties("millrace.fraud.streams")
public record StreamsProperties(
        @DefaultValue("50ms") @NotNull Duration commitInterval,
        @DefaultValue("25ms") @NotNull Duration pollFor,
        @DefaultValue("1") @Min(1) @Max(6) int threads,
        @DefaultValue("0") @Min(0) @Max(2) int standbyReplicas,
        @Nullable String instanceId,
        @NotNull Path stateDirectory,
        @DefaultValue("10s") @NotNull Duration sessionTimeout,
        @DefaultValue("10s") @NotNull Duration transactionTimeout,
        @DefaultValue("200ms") @NotNull Duration firstBackoff,
        @DefaultValue("10s") @NotNull Duration longestBackoff)
        implements StreamsSettings {}
