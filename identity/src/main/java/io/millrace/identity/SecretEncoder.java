package io.millrace.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;

/**
 * Salted SHA-256, written as {@code salt.digest}. Slow hashes protect passwords people choose; these secrets are long and
 * random, and every token asked for is checked.
 */
final class SecretEncoder extends AbstractValidatingPasswordEncoder {

    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    @Override
    protected String encodeNonNullPassword(String secret) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        String written = HexFormat.of().formatHex(salt);
        return written + "." + digest(written, secret);
    }

    @Override
    protected boolean matchesNonNull(String secret, String encoded) {
        int dot = encoded.indexOf('.');
        String expected = encoded.substring(dot + 1);
        String actual = digest(encoded.substring(0, Math.max(dot, 0)), secret);
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), actual.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    protected boolean upgradeEncodingNonNull(String encoded) {
        return false;
    }

    private static String digest(String salt, String secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }
}
