package io.millrace.local;

import io.millrace.local.settings.ByteSize;
import io.millrace.local.settings.Settings;
import io.millrace.local.settings.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The options of every JVM the platform starts, in one place.
 *
 * <p>{@code MILLRACE_HEAP_<PROCESS>} sets a maximal heap, {@code MILLRACE_JVM_OPTIONS} adds options to every JVM and
 * {@code MILLRACE_JVM_OPTIONS_<PROCESS>} to one; a process is written in capitals with underscores.
 */
final class JvmOptions {

    /** Maximal heaps in MiB: what a process needs at some hundreds of orders a second, and half as much again. */
    private static final Map<String, Integer> HEAPS = Map.of(
            "kafka", 256,
            "outside", 128,
            "order-service", 192,
            "inventory-service", 160,
            "fraud-service", 192,
            "recommendation-service", 192,
            "monitoring-service", 192);

    /**
     * Where most of an order's processor time goes; there compiling twice is paid back within minutes. All others do with the
     * quick compiler alone: on two cores, the slow one would hold up everything else after a start. Measured, ADR 28.
     */
    private static final Set<String> BOTH_COMPILERS = Set.of("kafka", "order-service");

    private static final int OTHER_HEAP = 160;
    private static final int LEAST_HEAP = 32; // what every JVM begins with

    private final Settings settings;

    JvmOptions(Settings settings) {
        this.settings = settings;
    }

    /** Maximal heap of a process, in MiB. */
    int heapMebibytes(String process) {
        String name = "MILLRACE_HEAP_" + capitals(process);
        int otherwise = HEAPS.getOrDefault(process, OTHER_HEAP);
        try {
            return settings.of(name).map(JvmOptions::heap).orElse(otherwise);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(List.of(name + " " + e.getMessage()));
        }
    }

    private static int heap(String text) {
        long mebibytes = ByteSize.parse(text).toMebibytes();
        if (mebibytes < LEAST_HEAP || mebibytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("must be at least " + LEAST_HEAP + "MiB, was " + text);
        }
        return (int) mebibytes;
    }

    /** For a JVM whose other options are chosen elsewhere: what it is compiled by, and what the settings add. */
    List<String> added(String process) {
        List<String> added = new ArrayList<>();
        added.add("-XX:TieredStopAtLevel=" + (BOTH_COMPILERS.contains(process) ? 4 : 1));
        settings.of("MILLRACE_JVM_OPTIONS").ifPresent(options -> added.addAll(words(options)));
        settings.of("MILLRACE_JVM_OPTIONS_" + capitals(process)).ifPresent(options -> added.addAll(words(options)));
        return added;
    }

    /** All options of a service's JVM; every instance of a service is set as the service is. */
    List<String> of(String process, String service, Path logs) {
        List<String> options = new ArrayList<>(List.of(
                // Smallest of the collectors, and two cores have no use for a parallel one.
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xms" + LEAST_HEAP + "m",
                "-Xmx" + heapMebibytes(service) + "m",
                "-Xss512k",
                // Out of memory is a crash: a half-dead process would hold its partitions.
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + logs.resolve(process + ".crash.%p.log"),
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dmillrace.process=" + process));
        options.addAll(added(service));
        return options;
    }

    private static List<String> words(String options) {
        return Arrays.stream(options.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String capitals(String process) {
        return process.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
