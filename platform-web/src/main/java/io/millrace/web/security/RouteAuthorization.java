package io.millrace.web.security;

import io.millrace.web.route.Access;
import io.millrace.web.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Grants what the request's route grants; nothing where there is no route. */
final class RouteAuthorization implements AuthorizationManager<RequestAuthorizationContext> {

    private static final AuthorizationDecision GRANTED = new AuthorizationDecision(true);
    private static final AuthorizationDecision DENIED = new AuthorizationDecision(false);

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        Optional<Route> route = Route.of(request);
        if (route.isEmpty()) {
            return DENIED;
        }
        boolean granted = switch (route.get().access()) {
            case Access.Open() -> true;
            case Access.Authenticated() -> authentication.get() instanceof CallerAuthentication;
            case Access.AnyScope(var scopes) ->
                authentication.get() instanceof CallerAuthentication verified
                        && verified.getPrincipal().hasAny(scopes);
        };
        return granted ? GRANTED : DENIED;
    }
}
