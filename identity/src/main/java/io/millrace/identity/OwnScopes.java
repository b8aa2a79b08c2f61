package io.millrace.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * A page is given, of the scopes it asks for, those its user has, and the answer says which (RFC 6749, section 3.3); when it
 * asks to know the user and for nothing else, all of them, as {@link DefaultScopes} does for a user's own client.
 */
final class OwnScopes implements AuthenticationConverter {

    private final AuthenticationConverter standard = new OAuth2AuthorizationCodeRequestAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        Authentication converted = standard.convert(request);
        if (!(converted instanceof OAuth2AuthorizationCodeRequestAuthenticationToken asked)
                || !(asked.getPrincipal() instanceof Authentication principal)) {
            return converted;
        }
        return Arrays.stream(DemoUser.values())
                .filter(user -> user.isPerson() && user.id().equals(principal.getName()))
                .findAny()
                .<Authentication>map(user -> new OAuth2AuthorizationCodeRequestAuthenticationToken(
                        asked.getAuthorizationUri(),
                        asked.getClientId(),
                        principal,
                        asked.getRedirectUri(),
                        asked.getState(),
                        narrowed(asked.getScopes(), user),
                        asked.getAdditionalParameters()))
                .orElse(converted); // nobody has logged in yet
    }

    private static Set<String> narrowed(Set<String> asked, DemoUser user) {
        if (asked.equals(Set.of(OidcScopes.OPENID))) {
            return with(OidcScopes.OPENID, user.scopes());
        }
        return asked.stream()
                // what nobody has is left for the check of what the client may ask for to refuse
                .filter(scope -> user.scopes().contains(scope)
                        || !DemoUser.ADMIN.scopes().contains(scope))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> with(String one, Set<String> others) {
        return Stream.concat(Stream.of(one), others.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
