package io.millrace.web.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A token issuer for tests: a real RSA key, its public half at a real address on this machine. Give
 * {@link #properties()} to the application under test.
 */
public final class TestIssuer implements AutoCloseable {

    /** The {@code iss} of its tokens. */
    public static final String ISSUER = "http://localhost:8080/identity";

    private final HttpServer server;
    private final AtomicInteger reads = new AtomicInteger();
    private volatile RSAKey key;
    private volatile JWKSet published;

    private TestIssuer(HttpServer server, RSAKey key) {
        this.server = server;
        this.key = key;
        this.published = new JWKSet(key.toPublicJWK());
    }

    /** Starts an issuer on a free port. */
    public static TestIssuer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestIssuer issuer = new TestIssuer(server, newKey());
            server.createContext("/oauth2/jwks", exchange -> {
                issuer.reads.incrementAndGet();
                byte[] body = issuer.published.toString().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return issuer;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Where its keys are. */
    public String jwksUri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/oauth2/jwks";
    }

    /** The settings that make an application take its tokens, as {@code --name=value} arguments. */
    public String[] properties() {
        return new String[] {"--millrace.security.issuer=" + ISSUER, "--millrace.security.jwks-uri=" + jwksUri()};
    }

    /** A good token, as the value of the {@code Authorization} header. */
    public String bearer(String subject, String... scopes) {
        return "Bearer " + token(subject, scopes);
    }

    /** A good token. */
    public String token(String subject, String... scopes) {
        return sign(claims(subject, scopes).build(), header().build());
    }

    /** Claims of a good token, to be spoilt. */
    public JWTClaimsSet.Builder claims(String subject, String... scopes) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(subject)
                .audience("millrace")
                .claim("client_id", subject)
                .claim("scope", String.join(" ", scopes))
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
    }

    /** Header of a good token, to be spoilt. */
    public JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID());
    }

    /** Signs claims with the present key. */
    public String sign(JWTClaimsSet claims, JWSHeader header) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException unsignable) {
            throw new IllegalStateException(unsignable);
        }
    }

    /** The present key, with its private half. */
    public RSAKey key() {
        return key;
    }

    /** Takes a new key, and no longer publishes the old one. */
    public void rotate() {
        key = newKey();
        published = new JWKSet(key.toPublicJWK());
    }

    /** How often the keys were read. */
    public int reads() {
        return reads.get();
    }

    /** Goes away; the address no longer answers. */
    @Override
    public void close() {
        server.stop(0);
    }

    /** A key of its own, which nobody publishes. */
    public static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
