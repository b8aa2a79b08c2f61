package io.millrace.telemetry.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.telemetry.ship.Attributes;
import io.millrace.telemetry.ship.ServiceIdentity;
import io.millrace.telemetry.ship.Shipment;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What meters become, read back from the bytes that would be sent. */
class MetricSnapshotsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:05Z");
    private static final ServiceIdentity SERVICE = new ServiceIdentity("order-service", "one", Optional.empty());

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MetricSnapshots snapshots =
            new MetricSnapshots(registry, List.of("millrace.", "http.server.requests"), SERVICE, START);

    private static Map<String, Metric> decoded(Shipment shipment) {
        try {
            return ExportMetricsServiceRequest.parseFrom(shipment.request())
                    .getResourceMetrics(0)
                    .getScopeMetrics(0)
                    .getMetricsList()
                    .stream()
                    .collect(Collectors.toMap(Metric::getName, metric -> metric));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not decodable", e);
        }
    }

    private Metric metric(String name) {
        Metric metric = decoded(snapshots.take(NOW).orElseThrow()).get(name);
        if (metric == null) {
            throw new AssertionError("no " + name);
        }
        return metric;
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L;
    }

    @Test
    void sendsACounterAsASumThatOnlyGrows() {
        Counter.builder("millrace.orders.placed")
                .tag("outcome", "ok")
                .register(registry)
                .increment(3);
        Counter.builder("millrace.orders.placed")
                .tag("outcome", "refused")
                .register(registry)
                .increment();

        Metric metric = metric("millrace.orders.placed");

        assertThat(metric.getSum().getIsMonotonic()).isTrue();
        assertThat(metric.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(metric.getSum().getDataPointsList()).hasSize(2).anySatisfy(point -> {
            assertThat(point.getAsDouble()).isEqualTo(3);
            assertThat(point.getStartTimeUnixNano()).isEqualTo(nanos(START));
            assertThat(point.getTimeUnixNano()).isEqualTo(nanos(NOW));
            assertThat(point.getAttributesList()).containsExactly(Attributes.of("outcome", "ok"));
        });
    }

    @Test
    void sendsACounterThatIsAFunction() {
        FunctionCounter.builder("millrace.orders.seen", registry, _ -> 7).register(registry);

        assertThat(metric("millrace.orders.seen").getSum().getDataPoints(0).getAsDouble())
                .isEqualTo(7);
    }

    @Test
    void sendsAGaugeWithItsUnit() {
        Gauge.builder("millrace.outbox.depth", () -> 12).baseUnit("events").register(registry);

        Metric metric = metric("millrace.outbox.depth");

        assertThat(metric.getUnit()).isEqualTo("events");
        assertThat(metric.getGauge().getDataPoints(0).getAsDouble()).isEqualTo(12);
    }

    @Test
    void sendsATimerInSeconds() {
        Timer timer = Timer.builder("http.server.requests")
                .tag("uri", "/api/orders")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(registry);
        timer.record(Duration.ofMillis(50));
        timer.record(Duration.ofMillis(500));
        timer.record(Duration.ofSeconds(3));

        Metric metric = metric("http.server.requests");
        HistogramDataPoint point = metric.getHistogram().getDataPoints(0);

        assertThat(metric.getUnit()).isEqualTo("s");
        assertThat(point.getCount()).isEqualTo(3);
        assertThat(point.getSum()).isCloseTo(3.55, within(1e-9));
        assertThat(point.getMax()).isCloseTo(3, within(1e-9));
        assertThat(point.getExplicitBoundsList()).containsExactly(0.1, 1.0);
        assertThat(point.getBucketCountsList()).containsExactly(1L, 1L, 1L);
    }

    @Test
    void sendsASummaryWithoutBuckets() {
        DistributionSummary summary =
                DistributionSummary.builder("millrace.batch.size").register(registry);
        summary.record(10);
        summary.record(30);

        HistogramDataPoint point = metric("millrace.batch.size").getHistogram().getDataPoints(0);

        assertThat(point.getCount()).isEqualTo(2);
        assertThat(point.getSum()).isEqualTo(40);
        assertThat(point.getMax()).isEqualTo(30);
        assertThat(point.getBucketCountsCount()).isZero();
    }

    @Test
    void leavesOutWhatIsNotWantedOrNoNumber() {
        Gauge.builder("jvm.secret", () -> 1).register(registry);
        Gauge.builder("millrace.unknown", () -> Double.NaN).register(registry);
        assertThat(snapshots.take(NOW)).isEmpty();

        Gauge.builder("millrace.known", () -> 1).register(registry);
        Shipment shipment = snapshots.take(NOW).orElseThrow();

        assertThat(shipment.items()).isEqualTo(1);
        assertThat(decoded(shipment)).containsOnlyKeys("millrace.known");
    }

    @Test
    void sendsAtItsTimeAndOnceMoreAtTheEnd() {
        Gauge.builder("millrace.known", () -> 1).register(registry);
        AtomicReference<Instant> clock = new AtomicReference<>(START);
        MetricSource source = new MetricSource(snapshots, Duration.ofSeconds(5), clock::get);

        assertThat(source.next(false)).isEmpty();
        clock.set(NOW);
        assertThat(source.next(false)).isPresent();
        assertThat(source.next(false)).isEmpty();
        assertThat(source.next(true)).isPresent();
        assertThat(source.next(true)).isEmpty();
    }
}
