package io.millrace.events.catalogue;

import io.millrace.events.OpaqueTopic;
import io.millrace.events.Retention;
import java.time.Duration;
import java.util.List;

/**
 * Topics of logs, metrics and spans, named and encoded as the OpenTelemetry Collector's Kafka exporter and receiver do by
 * default ({@code otlp_proto}): its instances can read what the services write, and write what monitoring reads.
 */
public final class TelemetryTopics {

    private static final Retention A_DAY = new Retention.Kept(Duration.ofDays(1));

    /** Log records. */
    public static final OpaqueTopic LOGS =
            new OpaqueTopic("otlp_logs", "OTLP ExportLogsServiceRequest", Topics.PARTITIONS, A_DAY);

    /** Metrics. */
    public static final OpaqueTopic METRICS =
            new OpaqueTopic("otlp_metrics", "OTLP ExportMetricsServiceRequest", Topics.PARTITIONS, A_DAY);

    /** Spans of traces. */
    public static final OpaqueTopic SPANS =
            new OpaqueTopic("otlp_spans", "OTLP ExportTraceServiceRequest", Topics.PARTITIONS, A_DAY);

    private TelemetryTopics() {}

    /** All of them. */
    public static List<OpaqueTopic> all() {
        return List.of(LOGS, METRICS, SPANS);
    }
}
