package io.millrace.traffic.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Reads the whole lines of one file from its beginning, and stops at the first that is not whole. */
final class SegmentReader implements Closeable {

    private final InputStream in;
    private final byte[] buffer = new byte[2 * Line.LONGEST];
    private int from;
    private int to;
    private int end;

    SegmentReader(Path path) throws IOException {
        in = Files.newInputStream(path);
    }

    /** Offset behind the last line that was returned. */
    int end() {
        return end;
    }

    /** The next line; empty at the end of the file and before a line that is not whole. */
    Optional<Line> next() throws IOException {
        int scanned = from;
        while (true) {
            int lineFeed = Segment.indexOfLineFeed(buffer, scanned, to);
            if (lineFeed >= 0) {
                return lineUntil(lineFeed);
            }
            if (to - from >= Line.LONGEST) {
                return Optional.empty();
            }
            scanned = to - from;
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                return Optional.empty();
            }
            to += read;
        }
    }

    private Optional<Line> lineUntil(int lineFeed) {
        byte[] bytes = Arrays.copyOfRange(buffer, from, lineFeed);
        Optional<Line> line = Line.decode(bytes, bytes.length);
        if (line.isPresent()) {
            end += bytes.length + 1;
            from = lineFeed + 1;
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
