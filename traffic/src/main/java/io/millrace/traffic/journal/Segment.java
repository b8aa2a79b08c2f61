package io.millrace.traffic.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One file of the journal. Places in it are given out under the journal's lock, ahead of the writing; the writer's thread
 * alone opens, writes and forces it.
 */
final class Segment implements Closeable {

    static final String SUFFIX = ".journal";

    private final int number;
    private final Path path;
    private final boolean existed;
    private int end;
    private int live;
    private @Nullable FileChannel writing;
    private @Nullable RandomAccessFile reading;

    private Segment(int number, Path path, boolean existed) {
        this.number = number;
        this.path = path;
        this.existed = existed;
    }

    static Segment fresh(Path directory, int number) {
        return new Segment(number, directory.resolve(String.format(Locale.ROOT, "%010d%s", number, SUFFIX)), false);
    }

    static Segment existing(Path path) {
        String name = path.getFileName().toString();
        return new Segment(Integer.parseInt(name.substring(0, name.length() - SUFFIX.length())), path, true);
    }

    int number() {
        return number;
    }

    Path path() {
        return path;
    }

    int live() {
        return live;
    }

    void addLive(int more) {
        live += more;
    }

    int end() {
        return end;
    }

    /** Takes the next so many bytes and returns their position: the segment's number above, the offset below. */
    long place(int length) {
        long position = (long) number << 32 | end;
        end += length;
        return position;
    }

    /** Cuts off what lies behind the last whole line. */
    void truncate(int length) throws IOException {
        end = length;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        FileChannel channel = writing;
        if (channel == null) {
            channel = FileChannel.open(
                    path, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            writing = channel;
            if (!existed) {
                forceDirectory();
            }
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void force() throws IOException {
        FileChannel channel = writing;
        if (channel != null) {
            channel.force(false);
        }
    }

    /**
     * The line at an offset. By a file of its own, not by the writer's channel: a reader that is interrupted would close
     * that.
     */
    Line read(int offset) throws IOException {
        RandomAccessFile file = reading;
        if (file == null) {
            file = new RandomAccessFile(path.toFile(), "r");
            reading = file;
        }
        byte[] bytes = new byte[1024];
        int length = 0;
        while (true) {
            file.seek(offset + (long) length);
            int read = file.read(bytes, length, bytes.length - length);
            int lineFeed = indexOfLineFeed(bytes, length, length + Math.max(read, 0));
            if (lineFeed >= 0) {
                return Line.decode(bytes, lineFeed).orElseThrow(() -> damaged(offset));
            }
            length += Math.max(read, 0);
            if (read < 0 || length >= Line.LONGEST) {
                throw damaged(offset);
            }
            bytes = length == bytes.length ? Arrays.copyOf(bytes, length * 2) : bytes;
        }
    }

    static int indexOfLineFeed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        if (writing != null) {
            writing.close();
        }
        if (reading != null) {
            reading.close();
        }
    }

    /** A file's name is durable only once its folder is. */
    private void forceDirectory() throws IOException {
        try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private IOException damaged(int offset) {
        return new IOException("no whole line at " + offset + " of " + path);
    }
}
