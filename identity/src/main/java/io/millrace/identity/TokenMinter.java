package io.millrace.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.UUID;

/**
 * Makes tokens without asking the service, by the key in its folder: for checks and benchmarks, which need thousands of
 * customers. Thread-safe.
 */
public final class TokenMinter {

    private static final String AUDIENCE = "millrace";

    private final String issuer;
    private final RSAKey key;
    private final RSASSASigner signer;

    private TokenMinter(String issuer, RSAKey key) {
        this.issuer = issuer;
        this.key = key;
        try {
            this.signer = new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("the signing key can't sign", e);
        }
    }

    /**
     * A minter whose tokens are good wherever those of an issuer are.
     *
     * @param keyFolder where the issuer keeps its key; one is made when there is none
     * @param issuer exact {@code iss}
     */
    public static TokenMinter of(Path keyFolder, String issuer) {
        return new TokenMinter(issuer, SigningKey.in(keyFolder));
    }

    /**
     * A token.
     *
     * @param subject whom it speaks for
     * @param scopes what it permits
     * @param life how long from now it is good
     */
    public String mint(String subject, Collection<String> scopes, Duration life) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .audience(AUDIENCE)
                .claim("client_id", subject)
                .claim("scope", String.join(" ", scopes))
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("the signing key can't sign", e);
        }
        return token.serialize();
    }
}
