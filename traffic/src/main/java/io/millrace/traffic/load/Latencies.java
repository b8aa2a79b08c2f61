package io.millrace.traffic.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * How long something took, over many times; exact to three digits. All zero when there were none.
 *
 * @param count how many
 * @param p50 half took no longer
 * @param max the longest
 */
public record Latencies(
        long count, Duration mean, Duration p50, Duration p90, Duration p99, Duration p999, Duration max) {

    static Latencies of(Histogram micros) {
        return new Latencies(
                micros.getTotalCount(),
                Duration.ofNanos(micros.getTotalCount() == 0 ? 0 : (long) (micros.getMean() * 1_000)),
                at(micros, 50),
                at(micros, 90),
                at(micros, 99),
                at(micros, 99.9),
                Duration.ofNanos(micros.getMaxValue() * 1_000));
    }

    private static Duration at(Histogram micros, double percentile) {
        return Duration.ofNanos(micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) * 1_000);
    }
}
