package io.millrace.web.security;

import java.util.Set;

/**
 * Who makes a request, as its verified token says. A controller takes it as an argument; on an open route, where there
 * may be none, as {@code Optional<Caller>}.
 *
 * @param subject the user or machine the token speaks for ({@code sub}); a customer's id
 * @param clientId the application that asked for the token ({@code client_id} or {@code azp}); the subject where the
 *     issuer names none
 * @param scopes what the token permits
 */
public record Caller(String subject, String clientId, Set<String> scopes) {

    /** Keeps its own copy of the scopes. */
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Whether the token permits this. */
    public boolean has(String scope) {
        return scopes.contains(scope);
    }

    /** Whether the token permits at least one of these. */
    public boolean hasAny(Set<String> anyOf) {
        return anyOf.stream().anyMatch(scopes::contains);
    }
}
