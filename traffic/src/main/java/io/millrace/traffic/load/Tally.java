package io.millrace.traffic.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts what a run does. */
final class Tally {

    private static final long LONGEST_MICROS = Duration.ofDays(1).toNanos() / 1_000;

    private final Instant startedAt = Instant.now();
    private final Histogram accepted = new Histogram(LONGEST_MICROS, 3);
    private final Histogram refused = new Histogram(LONGEST_MICROS, 3);
    private final Histogram ended = new Histogram(LONGEST_MICROS, 3);
    private final SortedMap<Integer, Long> statuses = new TreeMap<>();
    private final SortedMap<String, Long> endings = new TreeMap<>();
    private final long threadNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    private final Duration process = processTime();

    long offered;
    long timedOut;
    long failed;
    long notSent;
    long followed;
    long unfinished;

    void answer(int status) {
        statuses.merge(status, 1L, Long::sum);
    }

    void finalAnswer(int status, Duration latency) {
        record(status / 100 == 2 ? accepted : refused, latency);
    }

    void noAnswer(boolean inTime) {
        if (inTime) {
            failed++;
        } else {
            timedOut++;
        }
    }

    void ending(String status, Duration took) {
        endings.merge(status, 1L, Long::sum);
        record(ended, took);
    }

    private static void record(Histogram histogram, Duration duration) {
        histogram.recordValue(Math.clamp(duration.toNanos() / 1_000, 0, LONGEST_MICROS));
    }

    LoadResult result() {
        long threadNow = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return new LoadResult(
                startedAt,
                Instant.now(),
                offered,
                accepted.getTotalCount(),
                refused.getTotalCount(),
                timedOut,
                failed,
                notSent,
                new TreeMap<>(statuses),
                Latencies.of(accepted),
                Latencies.of(refused),
                new LoadResult.Endings(followed, unfinished, new TreeMap<>(endings), Latencies.of(ended)),
                Duration.ofNanos(threadNow - threadNanos),
                processTime().minus(process));
    }

    private static Duration processTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
