package io.millrace.monitoring.telemetry;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes a metric's data points apart. */
final class Samples {

    private Samples() {}

    /** How many data points a metric has. */
    static int count(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsCount();
            case SUM -> metric.getSum().getDataPointsCount();
            case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
            case SUMMARY -> metric.getSummary().getDataPointsCount();
            case DATA_NOT_SET -> 0;
        };
    }

    /** Adds every data point that has a value. */
    static void add(List<Signal> signals, Source source, Metric metric, Instant recordedAt) {
        Points points =
                new Points(signals, source, Texts.cut(metric.getName(), TelemetryDecoder.LONGEST_NAME), recordedAt);
        switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsList().forEach(point -> points.number("gauge", point));
            case SUM -> metric.getSum().getDataPointsList().forEach(point -> points.number("sum", point));
            case HISTOGRAM ->
                metric.getHistogram()
                        .getDataPointsList()
                        .forEach(point -> points.add(
                                "histogram",
                                point.getFlags(),
                                point.getTimeUnixNano(),
                                point.getSum(),
                                point.getCount(),
                                point.getAttributesList()));
            case EXPONENTIAL_HISTOGRAM ->
                metric.getExponentialHistogram()
                        .getDataPointsList()
                        .forEach(point -> points.add(
                                "histogram",
                                point.getFlags(),
                                point.getTimeUnixNano(),
                                point.getSum(),
                                point.getCount(),
                                point.getAttributesList()));
            case SUMMARY ->
                metric.getSummary()
                        .getDataPointsList()
                        .forEach(point -> points.add(
                                "summary",
                                point.getFlags(),
                                point.getTimeUnixNano(),
                                point.getSum(),
                                point.getCount(),
                                point.getAttributesList()));
            case DATA_NOT_SET -> {
                // a metric without any data point
            }
        }
    }

    private record Points(List<Signal> signals, Source source, String name, Instant recordedAt) {

        void number(String kind, NumberDataPoint point) {
            double value = switch (point.getValueCase()) {
                case AS_DOUBLE -> point.getAsDouble();
                case AS_INT -> point.getAsInt();
                case VALUE_NOT_SET -> Double.NaN;
            };
            add(kind, point.getFlags(), point.getTimeUnixNano(), value, null, point.getAttributesList());
        }

        void add(
                String kind, int flags, long unixNanos, double value, @Nullable Long count, List<KeyValue> attributes) {
            boolean none = (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
            if (none || Double.isNaN(value)) {
                return;
            }
            signals.add(new Signal.Sample(
                    source,
                    Times.of(unixNanos, recordedAt),
                    name,
                    kind,
                    value,
                    count,
                    Attributes.json(attributes, Set.of())));
        }
    }
}
