package io.millrace.local.supervision;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The log of a process, which appends to it by itself and knows nothing of what is done here.
 *
 * <p>A full one is copied aside and then emptied, as its writer keeps it open: lines written in between, in
 * milliseconds, are lost. Two that were set aside are kept, {@code .1} being the newer.
 *
 * @param path the file
 */
public record LogFile(Path path) {

    private static final int TAIL_BYTES = 64 * 1024;

    /** Sets the log aside when it has grown beyond a size. */
    public void rotate(long bytes) {
        try {
            if (size() <= bytes) {
                return;
            }
            Path newer = Path.of(path + ".1");
            if (Files.exists(newer)) {
                Files.move(newer, Path.of(path + ".2"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.copy(path, newer);
            Files.newOutputStream(path, StandardOpenOption.TRUNCATE_EXISTING).close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't set " + path + " aside", e);
        }
    }

    /** Bytes in it now; 0 when there is none. */
    public long size() {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("can't look at " + path, e);
        }
    }

    /** The last lines written after a position, at most so many; a position beyond the end means from the beginning. */
    public List<String> tail(long from, int lines) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long start = from > file.length() ? 0 : from;
            file.seek(Math.max(start, file.length() - TAIL_BYTES));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of(); // never written
        }
    }
}
