package io.millrace.web.route;

import java.util.Set;

/** Who may call a route. */
public sealed interface Access {

    /** Anybody, without a token. */
    record Open() implements Access {}

    /** Anybody with a valid token. */
    record Authenticated() implements Access {}

    /**
     * Anybody whose token has one of these scopes.
     *
     * @param scopes at least one, such as {@code orders:write}
     */
    record AnyScope(Set<String> scopes) implements Access {

        /** Refuses an empty set, which nobody could satisfy. */
        public AnyScope {
            if (scopes.isEmpty()) {
                throw new IllegalArgumentException("scopes must name at least one");
            }
            scopes = Set.copyOf(scopes);
        }
    }
}
