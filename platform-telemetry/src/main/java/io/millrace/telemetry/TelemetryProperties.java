package io.millrace.telemetry;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of telemetry, {@code millrace.telemetry.*}. Without brokers to ship to, trace contexts are passed on all the
 * same.
 *
 * @param enabled whether anything is shipped
 * @param instanceId tells instances of a service apart; a new one at every start unless told
 * @param sendEvery how long less than a batch may wait; 50 ms to 10 s. Longer costs less and shows later
 * @param batch items of one record at most, 1 to 10,000
 * @param batchBytes size a record may reach before no more is added, 1 KiB to 512 KiB; the largest log line comes on top
 * @param bufferMemory what may be on its way to the brokers, at least 1 MiB
 * @param flushWithin how long stopping the service may wait for what is left, at most 10 s
 * @param logs log lines
 * @param metrics meters
 * @param spans traces
 */
@ConfigurationProperties("millrace.telemetry")
public record TelemetryProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String instanceId,
        @DefaultValue("500ms") Duration sendEvery,
        @DefaultValue("512") int batch,
        @DefaultValue("256KB") DataSize batchBytes,
        @DefaultValue("4MB") DataSize bufferMemory,
        @DefaultValue("2s") Duration flushWithin,
        @DefaultValue Logs logs,
        @DefaultValue Metrics metrics,
        @DefaultValue Spans spans) {

    /** Refuses values out of range, naming the property. */
    public TelemetryProperties {
        require(instanceId == null || !instanceId.isBlank(), "instance-id must not be blank");
        require(sendEvery.toMillis() >= 50 && sendEvery.toSeconds() <= 10, "send-every must lie within 50 ms and 10 s");
        require(batch >= 1 && batch <= 10_000, "batch must lie within 1 and 10000");
        require(
                batchBytes.toKilobytes() >= 1 && batchBytes.toKilobytes() <= 512,
                "batch-bytes must lie within 1 KB and 512 KB");
        require(bufferMemory.toMegabytes() >= 1, "buffer-memory must be at least 1 MB");
        require(!flushWithin.isNegative() && flushWithin.toSeconds() <= 10, "flush-within must lie within 0 and 10 s");
    }

    /**
     * Log lines, {@code millrace.telemetry.logs.*}.
     *
     * @param enabled whether they are shipped; which lines there are, the levels of the loggers say
     * @param queue lines that may wait, at least 1; more are dropped
     * @param queueBytes what they may take, at least 256 KiB
     */
    public record Logs(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("8192") int queue,
            @DefaultValue("4MB") DataSize queueBytes) {

        /** Refuses values out of range, naming the property. */
        public Logs {
            require(queue >= 1, "logs.queue must be at least 1");
            require(queueBytes.toKilobytes() >= 256, "logs.queue-bytes must be at least 256 KB");
        }
    }

    /**
     * Meters, {@code millrace.telemetry.metrics.*}.
     *
     * @param enabled whether they are shipped
     * @param every how often all of them are, at least 1 s
     * @param prefixes how the names of meters begin that are; all others are only read by scraping. Every data point takes
     *     about 100 bytes
     */
    public record Metrics(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5s") Duration every,

            @DefaultValue({
                "millrace.",
                "jvm.memory.",
                "jvm.threads.",
                "jvm.gc.pause",
                "process.cpu.",
                "process.uptime",
                "system.cpu.",
                "http.server.requests",
                "hikaricp.connections",
                "kafka.consumer.fetch.manager.records.lag",
                "kafka.consumer.fetch.manager.records.consumed.total",
                "logback.events"
            })
            List<String> prefixes) {

        /** Refuses values out of range, naming the property. */
        public Metrics {
            require(every.toMillis() >= 1_000, "metrics.every must be at least 1 s");
        }
    }

    /**
     * Traces, {@code millrace.telemetry.spans.*}.
     *
     * @param oneIn one trace of so many is recorded, by its id; 1 for all, 0 for none. Of traces that clients bring as
     *     many, by chance: neither their flag nor their id decides
     * @param queue spans that may wait, at least 1; more are dropped
     * @param queueBytes what they may take, at least 64 KiB
     */
    public record Spans(
            @DefaultValue("100") int oneIn,
            @DefaultValue("2048") int queue,
            @DefaultValue("1MB") DataSize queueBytes) {

        /** Refuses values out of range, naming the property. */
        public Spans {
            require(oneIn >= 0, "spans.one-in must not be negative");
            require(queue >= 1, "spans.queue must be at least 1");
            require(queueBytes.toKilobytes() >= 64, "spans.queue-bytes must be at least 64 KB");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.telemetry." + message);
        }
    }
}
