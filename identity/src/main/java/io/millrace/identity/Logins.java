package io.millrace.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.stereotype.Component;

/**
 * Remembers the newest logins by browser, from the code to logging out, and no token of a client's own: those are never
 * looked up, and the usual store would keep every one ever made. A login pushed out here keeps its token; its page can log
 * out no longer, other than by being closed.
 */
@Component
final class Logins implements OAuth2AuthorizationService {

    static final int MOST = 1_000;

    private final Map<String, OAuth2Authorization> byId = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OAuth2Authorization> eldest) {
            return size() > MOST;
        }
    };

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        if (AuthorizationGrantType.AUTHORIZATION_CODE.equals(authorization.getAuthorizationGrantType())) {
            byId.put(authorization.getId(), authorization);
        }
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        byId.remove(authorization.getId());
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findById(String id) {
        return byId.get(id);
    }

    @Override
    public synchronized @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        Optional<Class<? extends OAuth2Token>> kind = kind(type == null ? "" : type.getValue());
        if (kind.isEmpty()) {
            return null;
        }
        for (OAuth2Authorization authorization : byId.values()) {
            var held = authorization.getToken(kind.get());
            if (held != null && held.getToken().getTokenValue().equals(token)) {
                return authorization;
            }
        }
        return null;
    }

    private static Optional<Class<? extends OAuth2Token>> kind(String type) {
        return switch (type) {
            case OAuth2ParameterNames.CODE -> Optional.of(OAuth2AuthorizationCode.class);
            case OAuth2ParameterNames.ACCESS_TOKEN -> Optional.of(OAuth2AccessToken.class);
            case OidcParameterNames.ID_TOKEN -> Optional.of(OidcIdToken.class);
            case String _ -> Optional.empty(); // no other kind is ever made
        };
    }
}
