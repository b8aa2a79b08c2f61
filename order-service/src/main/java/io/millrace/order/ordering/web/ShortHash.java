package io.millrace.order.ordering.web;

import io.millrace.web.request.RequestFingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The first 128 bits of a SHA-256, in the form the database indexes best. */
final class ShortHash {

    private ShortHash() {}

    static UUID of(String text) {
        return of(RequestFingerprint.ofBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    static UUID of(RequestFingerprint fingerprint) {
        ByteBuffer bytes = ByteBuffer.wrap(fingerprint.toBytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
