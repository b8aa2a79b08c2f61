package io.millrace.traffic.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer as the driver reads it: HTTP/1.1 with a length, in chunks, or until the connection's end.
 *
 * @param keepsAlive whether the connection may be used again
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed over, never compared
record HttpAnswer(
        int status, @Nullable String location, @Nullable String retryAfter, boolean keepsAlive, byte[] body) {

    /** Largest answer; a larger one breaks the exchange off. */
    static final int LARGEST = 1 << 20;

    /** An answer that is not HTTP/1.1 as this driver knows it. */
    static final class MalformedException extends RuntimeException {
        MalformedException(String message) {
            super(message);
        }
    }

    /**
     * Reads an answer from what has come so far.
     *
     * @param ended whether the connection has ended, so that no more will come
     * @return empty when more is needed
     */
    static Optional<HttpAnswer> parse(byte[] bytes, int length, boolean ended) {
        int headEnd = endOfHead(bytes, length);
        if (headEnd < 0) {
            return Optional.empty();
        }
        String head = new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1);
        int status = status(head);
        if (status < 200) {
            byte[] rest = Arrays.copyOfRange(bytes, headEnd, length);
            return parse(rest, rest.length, ended);
        }
        boolean close = "close".equalsIgnoreCase(header(head, "Connection"));
        Optional<byte[]> body = body(head, status, bytes, headEnd, length, ended);
        return body.map(found ->
                new HttpAnswer(status, header(head, "Location"), header(head, "Retry-After"), !close && !ended, found));
    }

    private static Optional<byte[]> body(String head, int status, byte[] bytes, int from, int length, boolean ended) {
        if (status == 204 || status == 304) {
            return Optional.of(new byte[0]);
        }
        String contentLength = header(head, "Content-Length");
        if (contentLength != null) {
            int end = from + number(contentLength, 10);
            return length < end ? Optional.empty() : Optional.of(Arrays.copyOfRange(bytes, from, end));
        }
        if ("chunked".equalsIgnoreCase(header(head, "Transfer-Encoding"))) {
            return chunks(bytes, from, length);
        }
        return ended ? Optional.of(Arrays.copyOfRange(bytes, from, length)) : Optional.empty();
    }

    private static Optional<byte[]> chunks(byte[] bytes, int from, int length) {
        byte[] body = new byte[length - from];
        int filled = 0;
        int at = from;
        while (true) {
            int lineEnd = indexOfLineEnd(bytes, at, length);
            if (lineEnd < 0) {
                return Optional.empty();
            }
            String size = new String(bytes, at, lineEnd - at, StandardCharsets.ISO_8859_1);
            int chunk = number(size.split(";", 2)[0], 16);
            at = lineEnd + 2;
            if (length < at + chunk + 2) {
                return Optional.empty();
            }
            if (chunk == 0) {
                // No trailers are known to be sent: behind the last chunk comes one empty line.
                return Optional.of(Arrays.copyOf(body, filled));
            }
            System.arraycopy(bytes, at, body, filled, chunk);
            filled += chunk;
            at += chunk + 2;
        }
    }

    private static int endOfHead(byte[] bytes, int length) {
        for (int at = indexOfLineEnd(bytes, 0, length); at >= 0; at = indexOfLineEnd(bytes, at + 2, length)) {
            if (at + 3 < length && bytes[at + 2] == '\r' && bytes[at + 3] == '\n') {
                return at + 4;
            }
        }
        return -1;
    }

    private static int indexOfLineEnd(byte[] bytes, int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static int status(String head) {
        if (head.length() < 12 || !head.startsWith("HTTP/1.1 ")) {
            throw new MalformedException("not an HTTP/1.1 answer");
        }
        return number(head.substring(9, 12), 10);
    }

    private static @Nullable String header(String head, String name) {
        for (int line = head.indexOf("\r\n"); line >= 0; line = head.indexOf("\r\n", line + 2)) {
            int value = line + 2 + name.length();
            if (head.regionMatches(true, line + 2, name, 0, name.length())
                    && value < head.length()
                    && head.charAt(value) == ':') {
                return head.substring(value + 1, head.indexOf("\r\n", value)).strip();
            }
        }
        return null;
    }

    private static int number(String text, int radix) {
        try {
            int number = Integer.parseInt(text.strip().toLowerCase(Locale.ROOT), radix);
            if (number < 0 || number > LARGEST) {
                throw new MalformedException("number out of range: " + text);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new MalformedException("not a number: " + text);
        }
    }
}
