package io.millrace.local.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes a data directory one supervisor's alone. The system gives it free when its holder ends, however it ends. */
public final class PlatformLock implements AutoCloseable {

    // Closing any channel of a file gives up all locks this JVM has on it (fcntl(2)): a held one is never opened again.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private PlatformLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock; empty when another holds it, in this JVM or elsewhere. */
    public static Optional<PlatformLock> take(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!HELD_HERE.add(absolute)) {
            return Optional.empty();
        }
        Optional<PlatformLock> lock = Optional.empty();
        try {
            lock = lock(absolute);
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException("can't lock " + file, e);
        } finally {
            if (lock.isEmpty()) {
                HELD_HERE.remove(absolute);
            }
        }
    }

    private static Optional<PlatformLock> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new PlatformLock(file, channel));
    }

    /** Whether somebody holds the lock. */
    public static boolean isHeld(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<PlatformLock> lock = take(file);
        lock.ifPresent(PlatformLock::close);
        return lock.isEmpty();
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
