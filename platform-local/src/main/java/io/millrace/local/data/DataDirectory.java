package io.millrace.local.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where everything lies that a platform keeps.
 *
 * <p>The broker's data and the state of Kafka Streams are made and deleted together only: Streams would wait for ever for
 * records that a new broker does not have.
 *
 * @param root absolute path
 */
public record DataDirectory(Path root) {

    private static final String MARKER = "millrace-data";
    private static final String FORMAT = "1";
    private static final List<String> CONTENT = List.of(
            "logs",
            "run",
            "state",
            "state.new",
            "postgres",
            "kafka",
            "streams",
            "provider",
            "mail",
            "shoppers",
            "keys",
            "lock",
            MARKER);

    /** Keeps the path absolute. */
    public DataDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Makes what is missing.
     *
     * @throws IllegalStateException when the folder holds something else, or data of another version
     */
    public void create() {
        try {
            if (Files.exists(root) && !isOurs() && !(Files.isDirectory(root) && isEmpty())) {
                throw new IllegalStateException(
                        root + " holds something that is not Millrace's: choose another MILLRACE_DATA");
            }
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!isOurs()) {
                Files.writeString(root.resolve(MARKER), FORMAT + System.lineSeparator());
            }
            String format = Files.readString(root.resolve(MARKER)).strip();
            if (!format.equals(FORMAT)) {
                throw new IllegalStateException(root + " holds data of format " + format + ", and this Millrace reads "
                        + FORMAT + ": ./millrace reset deletes them");
            }
            for (Path folder : List.of(logs(), run(), keys(), streams(), provider(), mail(), shoppers())) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't make the data directory " + root, e);
        }
    }

    /** Whether the folder is a data directory. */
    public boolean isOurs() {
        return Files.isRegularFile(root.resolve(MARKER));
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.findAny().isEmpty();
        }
    }

    /**
     * Deletes everything a platform has put there, and the folder itself where nothing else is in it.
     *
     * @throws IllegalStateException when the folder is not a data directory
     */
    public void delete() {
        if (!isOurs()) {
            throw new IllegalStateException(root + " is not a data directory of Millrace");
        }
        CONTENT.forEach(name -> FileTrees.delete(root.resolve(name)));
        try {
            if (isEmpty()) {
                Files.delete(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + root, e);
        }
    }

    /** Bytes on disk, roughly; files that come and go meanwhile may or may not count. */
    public long bytes() {
        return FileTrees.bytes(root);
    }

    /** Bytes still free on its disk. */
    public long freeBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("can't ask for free space at " + root, e);
        }
    }

    /** One log a process. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The log of a process. */
    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** One file a running process. */
    public Path run() {
        return root.resolve("run");
    }

    /** What runs, for other terminals to read. */
    public Path state() {
        return root.resolve("state");
    }

    /** Held by the one supervisor. */
    public Path lock() {
        return root.resolve("lock");
    }

    /** The database. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** The broker. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** State of Kafka Streams. */
    public Path streams() {
        return root.resolve("streams");
    }

    /** What demo traffic did on purpose, to compare with what was detected. */
    public Path shoppers() {
        return root.resolve("shoppers");
    }

    /** What the mail catcher has received. */
    public Path mail() {
        return root.resolve("mail");
    }

    /** What the payment provider remembers. */
    public Path provider() {
        return root.resolve("provider");
    }

    /** Keys and passwords, made here and nowhere else. */
    public Path keys() {
        return root.resolve("keys");
    }
}
