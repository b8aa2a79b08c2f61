package io.millrace.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that can't be confused with a later one of the same id.
 *
 * @param pid process id
 * @param birth what no other process of this id has: on Linux the boot and the clock tick it began in, which no change of
 *     the wall clock moves; elsewhere its start in milliseconds since 1970
 */
public record ProcessMark(long pid, String birth) {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int START_TIME_FIELD = 22; // of /proc/<pid>/stat, proc(5), counted from 1
    private static final int FIELDS_BEFORE_STATE = 2;

    /** The mark of a process; empty when it has ended. */
    public static Optional<ProcessMark> of(long pid) {
        return ProcessHandle.of(pid).flatMap(ProcessMark::of);
    }

    /** The mark of a process; empty when it has ended. */
    public static Optional<ProcessMark> of(ProcessHandle process) {
        return birth(process).map(birth -> new ProcessMark(process.pid(), birth));
    }

    /** Reads what {@link #toString} wrote; empty for anything else. */
    public static Optional<ProcessMark> parse(String text) {
        String[] parts = text.strip().split(" ", 2);
        try {
            return parts.length == 2
                    ? Optional.of(new ProcessMark(Long.parseLong(parts[0]), parts[1]))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The process, if it still lives; never another one that has its id now. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> birth(process).filter(birth::equals).isPresent());
    }

    @Override
    public String toString() {
        return pid + " " + birth;
    }

    private static Optional<String> birth(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        if (Files.exists(BOOT)) {
            try {
                return Optional.of(Files.readString(BOOT).strip() + "/" + startTicks(Files.readString(stat)));
            } catch (IOException e) {
                return Optional.empty(); // ended meanwhile
            }
        }
        return process.info().startInstant().map(start -> Long.toString(start.toEpochMilli()));
    }

    /** The second field is the program's name in brackets and may hold anything, brackets and blanks included. */
    private static String startTicks(String stat) {
        String afterName = stat.substring(stat.lastIndexOf(')') + 2);
        return afterName.split(" ", -1)[START_TIME_FIELD - FIELDS_BEFORE_STATE - 1];
    }
}
