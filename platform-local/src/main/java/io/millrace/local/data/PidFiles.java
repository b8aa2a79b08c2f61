package io.millrace.local.data;

import io.millrace.local.process.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which processes were started, for whoever comes after a supervisor that was killed.
 *
 * @param folder one file a process, {@code <name>.pid}
 */
public record PidFiles(Path folder) {

    private static final String SUFFIX = ".pid";

    /** Notes a process as running. */
    public void write(String name, ProcessMark mark) {
        Path fresh = folder.resolve(name + ".new");
        try {
            Files.writeString(fresh, mark + "\n");
            Files.move(fresh, folder.resolve(name + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("can't note process " + mark.pid(), e);
        }
    }

    /** Forgets a process, which has ended. */
    public void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name + SUFFIX));
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete the note on " + name, e);
        }
    }

    /** Processes that were noted and still live, by name. */
    public Map<String, ProcessHandle> living() {
        Map<String, ProcessHandle> living = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return living;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(SUFFIX))
                    .forEach(file -> read(file).ifPresent(process -> {
                        String name = file.getFileName().toString();
                        living.put(name.substring(0, name.length() - SUFFIX.length()), process);
                    }));
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + folder, e);
        }
        return living;
    }

    private static Optional<ProcessHandle> read(Path file) {
        try {
            return ProcessMark.parse(Files.readString(file)).flatMap(ProcessMark::process);
        } catch (IOException e) {
            return Optional.empty(); // removed meanwhile: it has ended
        }
    }
}
