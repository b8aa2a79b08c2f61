package io.millrace.web.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * SHA-256 of what a request says, to tell a repeated request from another one under the same key. It is taken of the
 * request as it was understood, with fields sorted and absent ones left out, so that white space and the order of fields
 * make no difference.
 */
public final class RequestFingerprint {

    /** Changing anything here makes stored fingerprints differ: a client's retry would be answered 422. */
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private final byte[] sha256;

    private RequestFingerprint(byte[] sha256) {
        this.sha256 = sha256;
    }

    /** The fingerprint of a request record. */
    public static RequestFingerprint of(Object request) {
        return ofBytes(CANONICAL.writeValueAsBytes(request));
    }

    /** The fingerprint of a body that is no JSON. */
    public static RequestFingerprint ofBytes(byte[] body) {
        try {
            return new RequestFingerprint(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** A fingerprint stored earlier, of 32 bytes. */
    public static RequestFingerprint stored(byte[] sha256) {
        return new RequestFingerprint(sha256.clone());
    }

    /** The 32 bytes, to be stored. */
    public byte[] toBytes() {
        return sha256.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestFingerprint that && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(sha256);
    }
}
