package io.millrace.traffic.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header that proves where a callback comes from: {@code Millrace-Signature: t=<unix seconds>,v1=<hex>}, where the hex
 * digits are HMAC-SHA256 of the secret over {@code t}, a full stop and the body's bytes. The time is signed, so that a
 * receiver can refuse what is replayed to it later.
 */
public final class CallbackSignature {

    /** Name of the header. */
    public static final String HEADER = "Millrace-Signature";

    private CallbackSignature() {}

    /** The header's value for a body sent at an instant. */
    public static String of(String secret, Instant at, byte[] body) {
        String time = String.valueOf(at.getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is in every JDK", e);
        }
    }
}
