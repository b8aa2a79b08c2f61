package io.millrace.web.security;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are taken. Any OpenID Connect issuer that signs by RS256 will do.
 *
 * @param issuer exact value of a token's {@code iss}; by default the local front door's
 * @param jwksUri where the issuer's keys are read, which may be an inner address; by default the issuer's own
 * @param audience what a token's {@code aud} must contain
 * @param clockSkew how far the issuer's clock may differ from ours
 * @param cachedTokens verified tokens kept, at about 2 KB each; the least used beyond that are verified anew
 * @param keyRefresh how often the keys are read again; a key the issuer has withdrawn, and every token it signed, is
 *     honoured no longer than this
 */
@Validated
@ConfigurationProperties("millrace.security")
public record SecurityProperties(
        @DefaultValue("http://localhost:8080/identity") @NotBlank
        String issuer,

        @Nullable URI jwksUri,
        @DefaultValue("millrace") @NotBlank String audience,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int cachedTokens,
        @DefaultValue("5m") Duration keyRefresh) {

    /** Fills in where the keys are. */
    public SecurityProperties {
        jwksUri = jwksUri == null ? URI.create(issuer + "/oauth2/jwks") : jwksUri;
    }

    URI keys() {
        return Objects.requireNonNull(jwksUri);
    }
}
