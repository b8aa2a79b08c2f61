package io.millrace.monitoring.orders;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A histogram of durations in buckets that grow by a tenth: bucket n holds what took 1.1^n to 1.1^(n+1) ms, so a quantile
 * read from it is within 5% of the true one. From 1 ms to a day there are about 190.
 */
final class Buckets {

    private static final double GROWTH = 1.1;
    private static final int LAST = 250;

    private Buckets() {}

    static int of(Duration took) {
        double millis = Math.max(1, took.toNanos() / 1e6);
        return Math.clamp((int) Math.floor(Math.log(millis) / Math.log(GROWTH)), 0, LAST);
    }

    /**
     * The middle of the bucket that holds the quantile, in seconds.
     *
     * @param counts by bucket, at least one above zero
     * @param quantile within 0 and 1
     */
    static double quantileSeconds(Map<Integer, Long> counts, double quantile) {
        SortedMap<Integer, Long> sorted = new TreeMap<>(counts);
        long all = sorted.values().stream().mapToLong(Long::longValue).sum();
        long rank = Math.max(1, (long) Math.ceil(quantile * all));
        long seen = 0;
        for (Map.Entry<Integer, Long> bucket : sorted.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return Math.pow(GROWTH, bucket.getKey() + 0.5) / 1_000;
            }
        }
        throw new IllegalArgumentException("a quantile of nothing");
    }
}
