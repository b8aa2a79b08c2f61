package io.millrace.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/** The key that signs tokens, kept in a file as a JSON Web Key (RFC 7517), readable by its owner alone. */
final class SigningKey {

    private static final String FILE = "identity-signing-key.json";
    private static final int BITS = 2048;

    private SigningKey() {}

    /**
     * The key of a folder, made when there is none. Its id is the thumbprint (RFC 7638), the same at every start.
     *
     * @throws IllegalStateException when the file holds no RSA key with its private half
     */
    static RSAKey in(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            RSAKey key = RSAKey.parse(Files.readString(file));
            if (!key.isPrivate()) {
                throw new IllegalStateException(file + " holds no private key: delete it, and a new one is made");
            }
            return key;
        } catch (ParseException e) {
            throw new IllegalStateException(file + " is not a JSON Web Key: delete it, and a new one is made", e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't keep the signing key in " + folder, e);
        }
    }

    /** Written beside and moved, so that a crash leaves no half a key. */
    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(
                file.getParent(),
                "key",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, generate().toJSONString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyIDFromThumbprint(true)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM makes no RSA keys", e);
        }
    }
}
