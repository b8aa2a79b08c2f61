package io.millrace.monitoring.ingest;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of ingestion, {@code millrace.monitoring.ingest.*}.
 *
 * @param maxPollEvents events of one poll, 1 to 10,000. Larger batches cost less for each event
 * @param maxPollRequests OTLP requests of one poll, 1 to 1,000; each holds up to some hundred logs or samples
 * @param fetchMaxBytes bytes fetched at once, as they were sent, compressed; 1 to 64 MB
 * @param pollBytes bytes of values that a poll keeps, once unpacked; what comes beyond is fetched again by the next. 1 to 64 MB
 * @param chunkBytes bytes of values that are read and stored at once, in one transaction; 64 KB to {@code pollBytes}
 * @param maxRecordBytes largest value that is read; one that is larger goes to the dead letters. 64 KB to 16 MB
 * @param gatherBytes bytes the brokers wait for before they answer a fetch, for {@code gatherFor} at most
 * @param gatherFor longest such wait; 0 to 2 s. Longer makes fewer and larger transactions, and shows everything as much later
 * @param backoff wait after a failure of the database or the brokers, until it is over; 100 ms to 1 min
 */
@Validated
@ConfigurationProperties("millrace.monitoring.ingest")
public record IngestProperties(
        @DefaultValue("2000") @Min(1) @Max(10_000) int maxPollEvents,
        @DefaultValue("250") @Min(1) @Max(1_000) int maxPollRequests,
        @DefaultValue("8MB") DataSize fetchMaxBytes,
        @DefaultValue("8MB") DataSize pollBytes,
        @DefaultValue("2MB") DataSize chunkBytes,
        @DefaultValue("1MB") DataSize maxRecordBytes,
        @DefaultValue("64KB") DataSize gatherBytes,
        @DefaultValue("250ms") Duration gatherFor,
        @DefaultValue("1s") Duration backoff) {

    /** Whether memory stays bounded. */
    @AssertTrue(message = "fetchMaxBytes must lie within 1 and 64 MB, and gatherBytes must not exceed it") boolean isBounded() {
        return fetchMaxBytes.toMegabytes() >= 1
                && fetchMaxBytes.toMegabytes() <= 64
                && gatherBytes.compareTo(fetchMaxBytes) <= 0
                && gatherBytes.toBytes() >= 1;
    }

    /** Whether what is unpacked stays bounded. */
    @AssertTrue(
            message = "pollBytes must lie within 1 and 64 MB, chunkBytes within 64 KB and pollBytes,"
                    + " maxRecordBytes within 64 KB and 16 MB")
    boolean isUnpackedInParts() {
        return pollBytes.toMegabytes() >= 1
                && pollBytes.toMegabytes() <= 64
                && chunkBytes.toKilobytes() >= 64
                && chunkBytes.compareTo(pollBytes) <= 0
                && maxRecordBytes.toKilobytes() >= 64
                && maxRecordBytes.toMegabytes() <= 16;
    }

    /** Whether the waits are sensible. */
    @AssertTrue(message = "gatherFor must lie within 0 and 2 s, backoff within 100 ms and 1 min") boolean isTimely() {
        return !gatherFor.isNegative()
                && gatherFor.toMillis() <= 2_000
                && backoff.toMillis() >= 100
                && backoff.toSeconds() <= 60;
    }
}
