package io.millrace.telemetry.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.millrace.telemetry.ship.Attributes;
import io.millrace.telemetry.ship.ServiceIdentity;
import io.millrace.telemetry.ship.Shipment;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The present values of chosen meters as an export request, under Micrometer's own names: counters as monotonic sums,
 * gauges as gauges, timers (in seconds) and summaries as histograms with count, sum and maximum; sums and histograms count
 * from the start of the process. Values that are no numbers are left out.
 */
public final class MetricSnapshots {

    private static final String SECONDS = "s";
    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

    private final MeterRegistry meters;
    private final List<String> prefixes;
    private final Resource resource;
    private final long startNanos;

    /**
     * @param prefixes how names of meters that are sent begin
     * @param start from when on counters count
     */
    public MetricSnapshots(MeterRegistry meters, List<String> prefixes, ServiceIdentity service, Instant start) {
        this.meters = meters;
        this.prefixes = List.copyOf(prefixes);
        this.resource = service.resource();
        this.startNanos = nanos(start);
    }

    /** The values of this moment; empty when there are none. */
    Optional<Shipment> take(Instant now) {
        Snapshot snapshot = new Snapshot(nanos(now));
        for (Meter meter : meters.getMeters()) {
            if (isWanted(meter.getId().getName())) {
                snapshot.add(meter);
            }
        }
        if (snapshot.points == 0) {
            return Optional.empty();
        }
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        snapshot.metrics.values().forEach(scope::addMetrics);
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
                .build();
        return Optional.of(new Shipment(request.toByteArray(), snapshot.points));
    }

    private boolean isWanted(String name) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private final class Snapshot {

        private final Map<String, Metric.Builder> metrics = new LinkedHashMap<>();
        private final long nowNanos;
        private int points;

        Snapshot(long nowNanos) {
            this.nowNanos = nowNanos;
        }

        void add(Meter meter) {
            Meter.Id id = meter.getId();
            switch (meter) {
                case Counter counter -> sum(id, counter.count());
                case FunctionCounter counter -> sum(id, counter.count());
                case TimeGauge gauge -> gauge(id, SECONDS, gauge.value(TimeUnit.SECONDS));
                case Gauge gauge -> gauge(id, unit(id), gauge.value());
                case Timer timer -> timer(id, timer.takeSnapshot());
                case DistributionSummary summary -> summary(id, summary.takeSnapshot());
                case FunctionTimer timer -> histogram(id, SECONDS, timer.count(), timer.totalTime(TimeUnit.SECONDS));
                default -> {} // long tasks and meters of several values: none is of use here
            }
        }

        private void sum(Meter.Id id, double value) {
            if (Double.isFinite(value)) {
                metric(id, unit(id))
                        .getSumBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(CUMULATIVE)
                        .addDataPoints(number(id, value).setStartTimeUnixNano(startNanos));
                points++;
            }
        }

        private void gauge(Meter.Id id, String unit, double value) {
            if (Double.isFinite(value)) {
                metric(id, unit).getGaugeBuilder().addDataPoints(number(id, value));
                points++;
            }
        }

        private void timer(Meter.Id id, HistogramSnapshot values) {
            HistogramDataPoint.Builder point =
                    histogram(id, SECONDS, (double) values.count(), values.total(TimeUnit.SECONDS));
            point.setMax(values.max(TimeUnit.SECONDS));
            List<Double> bounds = new ArrayList<>();
            for (CountAtBucket bucket : values.histogramCounts()) {
                bounds.add(bucket.bucket(TimeUnit.SECONDS));
            }
            buckets(point, values, bounds);
        }

        private void summary(Meter.Id id, HistogramSnapshot values) {
            HistogramDataPoint.Builder point = histogram(id, unit(id), (double) values.count(), values.total());
            point.setMax(values.max());
            List<Double> bounds = new ArrayList<>();
            for (CountAtBucket bucket : values.histogramCounts()) {
                bounds.add(bucket.bucket());
            }
            buckets(point, values, bounds);
        }

        /** Micrometer counts what lies at or below a bound, OTLP what lies between two. */
        private void buckets(HistogramDataPoint.Builder point, HistogramSnapshot values, List<Double> bounds) {
            if (bounds.isEmpty()) {
                return;
            }
            long below = 0;
            for (int i = 0; i < bounds.size(); i++) {
                if (!Double.isFinite(bounds.get(i))) {
                    continue;
                }
                long upTo = (long) values.histogramCounts()[i].count();
                point.addExplicitBounds(bounds.get(i)).addBucketCounts(Math.max(0, upTo - below));
                below = Math.max(below, upTo);
            }
            point.addBucketCounts(Math.max(0, values.count() - below)).setCount(Math.max(values.count(), below));
        }

        private HistogramDataPoint.Builder histogram(Meter.Id id, String unit, double count, double sum) {
            points++;
            return metric(id, unit)
                    .getHistogramBuilder()
                    .setAggregationTemporality(CUMULATIVE)
                    .addDataPointsBuilder()
                    .setStartTimeUnixNano(startNanos)
                    .setTimeUnixNano(nowNanos)
                    .setCount((long) count)
                    .setSum(sum)
                    .addAllAttributes(attributes(id));
        }

        private NumberDataPoint.Builder number(Meter.Id id, double value) {
            return NumberDataPoint.newBuilder()
                    .setTimeUnixNano(nowNanos)
                    .setAsDouble(value)
                    .addAllAttributes(attributes(id));
        }

        private Metric.Builder metric(Meter.Id id, String unit) {
            return metrics.computeIfAbsent(
                    id.getName(), name -> Metric.newBuilder().setName(name).setUnit(unit));
        }
    }

    private static String unit(Meter.Id id) {
        String unit = id.getBaseUnit();
        return unit == null ? "" : unit;
    }

    private static List<KeyValue> attributes(Meter.Id id) {
        List<KeyValue> attributes = new ArrayList<>();
        for (Tag tag : id.getTagsAsIterable()) {
            attributes.add(Attributes.of(tag.getKey(), tag.getValue()));
        }
        return attributes;
    }
}
