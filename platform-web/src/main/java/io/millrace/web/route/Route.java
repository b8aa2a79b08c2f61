package io.millrace.web.route;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.util.unit.DataSize;

/**
 * One route of a service: {@code Route.post("/api/orders").scopes("orders:write", "orders:write:any")}.
 *
 * @param method the HTTP method; GET stands for HEAD too
 * @param pattern path as Spring's path patterns, such as {@code /api/orders/{id}}
 * @param access who may call it
 * @param maxBody largest request body; null for the service's default
 */
public record Route(
        HttpMethod method,
        String pattern,
        Access access,
        @Nullable DataSize maxBody) {

    static final String ATTRIBUTE = Route.class.getName();

    /** Begins a route to read something. */
    public static Path get(String pattern) {
        return new Path(HttpMethod.GET, pattern);
    }

    /** Begins a route to create or command something. */
    public static Path post(String pattern) {
        return new Path(HttpMethod.POST, pattern);
    }

    /** Begins a route to set something as a whole. */
    public static Path put(String pattern) {
        return new Path(HttpMethod.PUT, pattern);
    }

    /** Begins a route to change parts of something. */
    public static Path patch(String pattern) {
        return new Path(HttpMethod.PATCH, pattern);
    }

    /** Begins a route to remove something. */
    public static Path delete(String pattern) {
        return new Path(HttpMethod.DELETE, pattern);
    }

    /** The route a request was found to be on; empty outside the service's own port, such as on the management port. */
    public static Optional<Route> of(HttpServletRequest request) {
        return Optional.ofNullable((Route) request.getAttribute(ATTRIBUTE));
    }

    /** The same route with its own limit of the request body, such as one for imports. */
    public Route maxBody(DataSize limit) {
        return new Route(method, pattern, access, limit);
    }

    @Override
    public String toString() {
        return method + " " + pattern;
    }

    /**
     * A route that does not say yet who may call it, and therefore can't be declared.
     *
     * @param method the HTTP method
     * @param pattern the path's pattern
     */
    public record Path(HttpMethod method, String pattern) {

        /** Anybody may call it, without a token. */
        public Route open() {
            return new Route(method, pattern, new Access.Open(), null);
        }

        /** Anybody with a valid token may call it. */
        public Route authenticated() {
            return new Route(method, pattern, new Access.Authenticated(), null);
        }

        /** Who has any one of these scopes may call it. */
        public Route scopes(String... anyOf) {
            return new Route(method, pattern, new Access.AnyScope(Set.of(anyOf)), null);
        }
    }
}
