package io.millrace.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * The main memory that processes use.
 *
 * <p>On Linux the proportional set size ({@code smaps_rollup}, proc(5)): pages shared by n processes count as 1/n each,
 * so that sums are true. Elsewhere the resident set size, which counts shared pages again and again.
 */
public final class ProcessMemory {

    private static final long BYTES_PER_KILOBYTE = 1024;
    private static final Path OWN = Path.of("/proc/self/smaps_rollup");

    private ProcessMemory() {}

    /** Bytes used by a process and all it has started; 0 for one that has ended or may not be looked at. */
    public static long ofFamily(ProcessHandle process) {
        return of(Endings.family(process));
    }

    /** Bytes used by a process alone. */
    public static long ofAlone(ProcessHandle process) {
        return of(process.pid());
    }

    private static long of(Collection<ProcessHandle> processes) {
        return processes.stream().mapToLong(process -> of(process.pid())).sum();
    }

    private static long of(long pid) {
        return Files.exists(OWN) ? proportional(pid) : resident(pid);
    }

    private static long proportional(long pid) {
        Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        try {
            return Files.readAllLines(rollup).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> kilobytes(line.substring("Pss:".length())))
                    .sum();
        } catch (IOException e) {
            return 0; // ended meanwhile
        }
    }

    private static long resident(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kilobytes(new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return 0;
        }
    }

    private static long kilobytes(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) * BYTES_PER_KILOBYTE;
    }
}
