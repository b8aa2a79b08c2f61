package io.millrace.inventory.catalogue.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines of bytes, ended by a line feed, and never holds more of one than the limit. */
final class BoundedLines {

    private final InputStream in;
    private final byte[] line;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int filled;
    private int number;

    /**
     * @param longest bytes of a line
     */
    BoundedLines(InputStream in, int longest) {
        this.in = in;
        this.line = new byte[longest];
    }

    /**
     * A line.
     *
     * @param number from 1
     * @param bytes without the line's end; empty when it was too long
     * @param tooLong whether it was longer than the limit
     */
    record Line(int number, byte[] bytes, boolean tooLong) {
        boolean isBlank() {
            for (byte each : bytes) {
                if (each != ' ' && each != '\t' && each != '\r') {
                    return false;
                }
            }
            return !tooLong;
        }
    }

    /** The next line; empty at the end. */
    Optional<Line> next() throws IOException {
        int length = 0;
        boolean tooLong = false;
        for (int next = read(); next >= 0; next = read()) {
            if (next == '\n') {
                return Optional.of(line(length, tooLong));
            }
            if (length == line.length) {
                tooLong = true;
            } else {
                line[length++] = (byte) next;
            }
        }
        return length == 0 ? Optional.empty() : Optional.of(line(length, tooLong));
    }

    private Line line(int length, boolean tooLong) {
        number++;
        return new Line(number, tooLong ? new byte[0] : Arrays.copyOf(line, length), tooLong);
    }

    private int read() throws IOException {
        if (position == filled) {
            filled = in.read(buffer);
            position = 0;
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }
}
