package io.millrace.messaging;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids for events and aggregates. */
public final class EventIds {

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private EventIds() {}

    /** A new UUID of version 7 (RFC 9562): unique, and ordered by time so that indexes grow at one end. */
    public static UUID next() {
        return GENERATOR.generate();
    }

    /**
     * An id derived from another and a purpose: the same inputs always give the same id, so that an output computed twice
     * from one input bears one id. The first 128 bits of a SHA-256, marked as version 8 (RFC 9562, custom).
     */
    public static UUID derived(UUID from, String purpose) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(16)
                    .putLong(from.getMostSignificantBits())
                    .putLong(from.getLeastSignificantBits())
                    .flip());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(purpose.getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & ~0xF000L) | 0x8000L;
            long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
