package io.millrace.benchmarks;

import io.millrace.local.LocalPlatform;
import io.millrace.local.PlatformProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time of every process of the platform so far, children included. Children that have ended are not counted: the
 * services keep their database connections.
 *
 * @param byProcess since its start
 */
record ProcessorTime(Map<String, Duration> byProcess) {

    static ProcessorTime of(LocalPlatform platform) {
        Map<String, Duration> times = new LinkedHashMap<>();
        for (PlatformProcess process : platform.processes()) {
            Duration spent = process.handle().stream()
                    .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                    .flatMap(handle -> handle.info().totalCpuDuration().stream())
                    .reduce(Duration.ZERO, Duration::plus);
            times.put(process.name(), spent);
        }
        return new ProcessorTime(times);
    }

    /** What was spent since then, in seconds by process. */
    Map<String, Double> secondsSince(ProcessorTime earlier) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        byProcess.forEach((name, now) -> seconds.put(
                name,
                now.minus(earlier.byProcess.getOrDefault(name, Duration.ZERO)).toMillis() / 1e3));
        return seconds;
    }
}
