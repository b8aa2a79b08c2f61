package io.millrace.web.testing;

import io.millrace.web.route.Access;
import io.millrace.web.route.Route;
import io.millrace.web.route.RouteRules;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running service, route by route of its table, whether it lets in only whom the table names: without a token
 * 401, with a token of every other scope 403, with a granted scope neither. Open routes need no token.
 */
public final class AccessMatrix {

    private final URI service;
    private final TestIssuer issuer;

    /** For the service at an address such as {@code http://127.0.0.1:port}. */
    public AccessMatrix(URI service, TestIssuer issuer) {
        this.service = service;
        this.issuer = issuer;
    }

    /** Every route that let in or kept out the wrong one, in words; empty when all is well. */
    public List<String> violations(RouteRules rules) throws IOException, InterruptedException {
        List<String> violations = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (Route route : rules.routes()) {
                switch (route.access()) {
                    case Access.Open() -> expectOpen(client, route, null, violations);
                    case Access.Authenticated() -> {
                        expect(client, route, null, 401, violations);
                        expectOpen(client, route, issuer.bearer("somebody", "none:at-all"), violations);
                    }
                    case Access.AnyScope(var scopes) -> {
                        expect(client, route, null, 401, violations);
                        expect(client, route, issuer.bearer("somebody", "none:at-all"), 403, violations);
                        for (String scope : scopes) {
                            expectOpen(client, route, issuer.bearer("somebody", scope), violations);
                        }
                    }
                }
            }
        }
        return List.copyOf(violations);
    }

    private void expect(HttpClient client, Route route, @Nullable String bearer, int status, List<String> violations)
            throws IOException, InterruptedException {
        int answered = call(client, route, bearer);
        if (answered != status) {
            violations.add(route + (bearer == null ? " without a token" : " with another scope") + " answered "
                    + answered + " instead of " + status);
        }
    }

    private void expectOpen(HttpClient client, Route route, @Nullable String bearer, List<String> violations)
            throws IOException, InterruptedException {
        int answered = call(client, route, bearer);
        if (answered == 401 || answered == 403) {
            violations.add(route + " kept out one it grants access to: " + answered);
        }
    }

    private int call(HttpClient client, Route route, @Nullable String bearer) throws IOException, InterruptedException {
        String path = route.pattern().replaceAll("\\{[^/]*}|\\*+", "0");
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
                .method(route.method().name(), HttpRequest.BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/json");
        if (bearer != null) {
            request.header("Authorization", bearer);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
