package io.millrace.web.security;

import io.millrace.web.problem.Problem;
import io.millrace.web.problem.ProblemWriter;
import io.millrace.web.problem.Problems;
import io.millrace.web.route.Access;
import io.millrace.web.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** How security says no: problem details, and the challenge of RFC 6750. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private static final Problem NO_TOKEN =
            Problem.of(HttpStatus.UNAUTHORIZED, "unauthenticated", "The request needs a bearer token");
    private static final Problem INVALID_TOKEN =
            Problem.of(HttpStatus.UNAUTHORIZED, "invalid-token", "The bearer token is not valid");
    private static final Problem FORBIDDEN =
            Problem.of(HttpStatus.FORBIDDEN, "forbidden", "The bearer token does not permit this");
    private static final Problem REJECTED = Problem.of(
            HttpStatus.BAD_REQUEST, "request-rejected", "The request's address or headers are not acceptable");

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof AuthenticationServiceException) {
            ProblemWriter.write(response, Problems.issuerUnavailable());
            return;
        }
        boolean invalid = reason instanceof InvalidTokenException;
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                invalid ? "Bearer realm=\"millrace\", error=\"invalid_token\"" : "Bearer realm=\"millrace\"");
        ProblemWriter.write(response, invalid ? INVALID_TOKEN : NO_TOKEN);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        String scope = Route.of(request)
                .map(Route::access)
                .map(access -> access instanceof Access.AnyScope(var scopes)
                        ? ", scope=\""
                                + String.join(" ", scopes.stream().sorted().toList()) + "\""
                        : "")
                .orElse("");
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"millrace\", error=\"insufficient_scope\"" + scope);
        ProblemWriter.write(response, FORBIDDEN);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException reason)
            throws IOException {
        ProblemWriter.write(response, REJECTED);
    }
}
