package io.millrace.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens: RS256 and nothing else, by a key of the issuer that the token names, for this audience, and
 * within their time. A token once verified costs a look-up in a map until it expires or its key is withdrawn.
 */
final class TokenVerifier {

    /** Characters; a token with every scope has about 900. */
    private static final int LONGEST_TOKEN = 8192;

    /** Types of an access token: none, the plain one, and that of RFC 9068. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final SecurityProperties properties;
    private final Clock clock;
    private final SigningKeys keys;
    private final Cache<String, Verified> verified;

    TokenVerifier(SecurityProperties properties, ResourceRetriever issuer, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        this.verified =
                Caffeine.newBuilder().maximumSize(properties.cachedTokens()).build();
        this.keys = new SigningKeys(
                properties.keys(), issuer, properties.keyRefresh(), System::nanoTime, verified::invalidateAll);
    }

    /**
     * Who a token speaks for.
     *
     * @throws InvalidTokenException when the token is not one to be honoured
     * @throws KeySourceException when that can't be told, as the issuer's keys can't be read
     */
    CallerAuthentication verify(String token) throws InvalidTokenException, KeySourceException {
        keys.refreshIfDue();
        long now = clock.millis();
        Verified known = verified.getIfPresent(token);
        if (known != null) {
            if (now < known.until) {
                return known.caller;
            }
            verified.invalidate(token);
        }
        Verified fresh = check(token, now);
        verified.put(token, fresh);
        return fresh.caller;
    }

    private Verified check(String token, long now) throws InvalidTokenException, KeySourceException {
        if (token.length() > LONGEST_TOKEN) {
            throw new InvalidTokenException("longer than any of ours");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            checkSignature(jwt);
            return checkClaims(jwt.getJWTClaimsSet(), now);
        } catch (ParseException malformed) {
            throw new InvalidTokenException("no signed JWT");
        }
    }

    private void checkSignature(SignedJWT jwt) throws InvalidTokenException, KeySourceException {
        JWSHeader header = jwt.getHeader();
        if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())) {
            throw new InvalidTokenException("not RS256");
        }
        if (header.getType() != null
                && !TYPES.contains(header.getType().toString().toLowerCase(Locale.ROOT))) {
            throw new InvalidTokenException("no access token by its type");
        }
        if (header.getKeyID() == null) {
            throw new InvalidTokenException("names no key");
        }
        RSAPublicKey key = keys.find(header.getKeyID())
                .orElseThrow(() -> new InvalidTokenException("names a key the issuer does not have"));
        try {
            if (!jwt.verify(new RSASSAVerifier(key))) {
                throw new InvalidTokenException("signature does not match");
            }
        } catch (JOSEException unverifiable) {
            throw new InvalidTokenException("signature can't be verified");
        }
    }

    private Verified checkClaims(JWTClaimsSet claims, long now) throws InvalidTokenException, ParseException {
        if (!properties.issuer().equals(claims.getIssuer())) {
            throw new InvalidTokenException("from another issuer");
        }
        if (!claims.getAudience().contains(properties.audience())) {
            throw new InvalidTokenException("for another audience");
        }
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new InvalidTokenException("names no subject");
        }
        long until = until(claims, now);
        return new Verified(
                new CallerAuthentication(new Caller(subject, clientId(claims, subject), scopes(claims))), until);
    }

    private long until(JWTClaimsSet claims, long now) throws InvalidTokenException {
        Instant present = Instant.ofEpochMilli(now);
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        if (expires == null) {
            throw new InvalidTokenException("never expires");
        }
        Instant until = expires.toInstant().plus(properties.clockSkew());
        if (!present.isBefore(until)) {
            throw new InvalidTokenException("expired");
        }
        if (notBefore != null && present.isBefore(notBefore.toInstant().minus(properties.clockSkew()))) {
            throw new InvalidTokenException("not valid yet");
        }
        return until.toEpochMilli();
    }

    private static String clientId(JWTClaimsSet claims, String subject) throws ParseException {
        return Stream.of(claims.getStringClaim("client_id"), claims.getStringClaim("azp"))
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .orElse(subject);
    }

    /** Space-separated as in RFC 8693, or an array, as several issuers have it; {@code scp} is another name in use. */
    private static Set<String> scopes(JWTClaimsSet claims) {
        Set<String> scopes = new LinkedHashSet<>();
        for (Object claim : nonNull(claims.getClaim("scope"), claims.getClaim("scp"))) {
            if (claim instanceof String text) {
                Stream.of(text.split(" ")).filter(scope -> !scope.isEmpty()).forEach(scopes::add);
            } else if (claim instanceof Collection<?> several) {
                several.forEach(scope -> scopes.add(String.valueOf(scope)));
            }
        }
        return scopes;
    }

    private static List<Object> nonNull(@Nullable Object first, @Nullable Object second) {
        return Stream.concat(Stream.ofNullable(first), Stream.ofNullable(second))
                .toList();
    }

    /** A token's caller and the time, in milliseconds since 1970, until when it is honoured. */
    private record Verified(CallerAuthentication caller, long until) {}
}
