package io.millrace.traffic.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One entry as it lies in the file: {@code <CRC-32C, 8 hex digits> <O|S> <key> <document>}, and a line feed. The sum covers
 * everything behind it, so a line that a crash left half written is told from a whole one.
 *
 * @param open whether something is still to happen with the entry ({@code O}), or it is settled ({@code S})
 */
record Line(boolean open, String key, byte[] document) {

    /** Longest line, in bytes: bounds what a reader of a damaged file takes into memory. */
    static final int LONGEST = 64 * 1024;

    private static final int SUM = 8;

    byte[] encoded() {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[SUM + 4 + name.length + document.length + 1];
        line[SUM] = ' ';
        line[SUM + 1] = (byte) (open ? 'O' : 'S');
        line[SUM + 2] = ' ';
        System.arraycopy(name, 0, line, SUM + 3, name.length);
        line[SUM + 3 + name.length] = ' ';
        System.arraycopy(document, 0, line, SUM + 4 + name.length, document.length);
        line[line.length - 1] = '\n';
        byte[] sum = sum(line, line.length - 1).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, line, 0, SUM);
        return line;
    }

    /** Reads a line without its line feed; empty when it is not whole. */
    static Optional<Line> decode(byte[] bytes, int length) {
        if (length < SUM + 4 || bytes[SUM] != ' ' || bytes[SUM + 2] != ' ') {
            return Optional.empty();
        }
        int end = SUM + 3;
        while (end < length && bytes[end] != ' ') {
            end++;
        }
        String sum = new String(bytes, 0, SUM, StandardCharsets.US_ASCII);
        if (end == length || !sum.equals(sum(bytes, length))) {
            return Optional.empty();
        }
        String key = new String(bytes, SUM + 3, end - SUM - 3, StandardCharsets.UTF_8);
        return Optional.of(new Line(bytes[SUM + 1] == 'O', key, Arrays.copyOfRange(bytes, end + 1, length)));
    }

    private static String sum(byte[] line, int length) {
        CRC32C crc = new CRC32C();
        crc.update(line, SUM + 1, length - SUM - 1);
        String hex = Long.toHexString(crc.getValue());
        return "0".repeat(SUM - hex.length()) + hex;
    }
}
