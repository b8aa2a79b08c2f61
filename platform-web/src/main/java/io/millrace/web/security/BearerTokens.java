package io.millrace.web.security;

import com.nimbusds.jose.KeySourceException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Takes the token from the {@code Authorization} header, and nowhere else, to the verifier. A token's characters are not
 * examined here: one that is not well-formed fails to verify, and one seen before need not be looked at again.
 */
final class BearerTokens implements AuthenticationConverter, AuthenticationManager {

    private static final String SCHEME = "Bearer ";

    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);

    private final TokenVerifier verifier;

    BearerTokens(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        Enumeration<String> headers = request.getHeaders(HttpHeaders.AUTHORIZATION);
        if (!headers.hasMoreElements()) {
            return null;
        }
        String header = headers.nextElement();
        if (headers.hasMoreElements() || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : new BearerTokenAuthenticationToken(token);
    }

    @Override
    public Authentication authenticate(Authentication request) {
        try {
            return verifier.verify(((BearerTokenAuthenticationToken) request).getToken());
        } catch (InvalidTokenException invalid) {
            LOG.atDebug().addKeyValue("reason", invalid.getMessage()).log("Token refused");
            throw invalid;
        } catch (KeySourceException unreachable) {
            throw new AuthenticationServiceException("issuer unavailable", unreachable);
        }
    }
}
