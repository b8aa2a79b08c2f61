package io.millrace.recommendation.sessions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What stands for a visitor in the ids of sessions: the first 64 bits of the SHA-256 of the shop's pseudonym, 16 hexadecimal
 * digits. Whoever knows a visitor's id finds the sessions; a session's id does not tell the visitor's.
 *
 * @param text the digits
 */
public record VisitorKey(String text) {

    private static final int BYTES = 8;
    private static final char SEPARATOR = '-';
    private static final int RADIX = 36;

    /** The key of a visitor. */
    public static VisitorKey of(String visitorId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(visitorId.getBytes(StandardCharsets.UTF_8));
            return new VisitorKey(HexFormat.of().formatHex(hash, 0, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The key that a session's id begins with. */
    public static VisitorKey ofSession(String sessionId) {
        int end = sessionId.indexOf(SEPARATOR);
        return new VisitorKey(end < 0 ? sessionId : sessionId.substring(0, end));
    }

    /** The id of the session that began with a click at this time; the same whenever it is computed again. */
    String session(Instant begunAt) {
        return text + SEPARATOR + Long.toString(begunAt.toEpochMilli(), RADIX);
    }
}
