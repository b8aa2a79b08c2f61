package io.millrace.web.route;

import io.millrace.web.problem.Fault;
import io.millrace.web.problem.ProblemWriter;
import io.millrace.web.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.RequestPath;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * The edge: finds the route of a request once, for everything behind it, and refuses what needs no further look: no
 * such route, a body that says it is too large, U+0000. What fails unexpectedly behind it ends here.
 */
final class RouteFilter extends OncePerRequestFilter {

    private static final String ENCODED_NUL = "%00";

    private final RouteRules rules;
    private final DataSize defaultMaxBody;
    private final Draining draining;

    RouteFilter(RouteRules rules, DataSize defaultMaxBody, Draining draining) {
        this.rules = rules;
        this.defaultMaxBody = defaultMaxBody;
        this.draining = draining;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Route.of(request).isPresent()) { // the second part of an asynchronous request
            proceed(request, response, chain);
            return;
        }
        if (draining.hasBegun()) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        RequestPath path = ServletRequestPathUtils.parseAndCache(request);
        switch (rules.find(HttpMethod.valueOf(request.getMethod()), path.pathWithinApplication())) {
            case RouteMatch.Found(Route route) -> enter(route, request, response, chain);
            case RouteMatch.OtherMethods(var allowed) -> {
                response.setHeader(
                        HttpHeaders.ALLOW,
                        allowed.stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
                ProblemWriter.write(response, Problems.methodNotAllowed());
            }
            case RouteMatch.None() -> ProblemWriter.write(response, Problems.noRoute());
        }
    }

    private void enter(Route route, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> nul = parameterWithNul(request);
        if (nul.isPresent()) {
            ProblemWriter.write(response, Problems.nulCharacter(nul.get()));
            return;
        }
        DataSize limit = route.maxBody() == null ? defaultMaxBody : route.maxBody();
        if (request.getContentLengthLong() > limit.toBytes()) {
            // The rest of the body is not worth reading: the container drains a little of it and closes.
            response.setHeader(HttpHeaders.CONNECTION, "close");
            ProblemWriter.write(response, Problems.bodyTooLarge(limit));
            return;
        }
        request.setAttribute(Route.ATTRIBUTE, route);
        proceed(new BoundedBody(request, limit), response, chain);
    }

    private static void proceed(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | StackOverflowError failure) {
            // Whatever it is, the client learns nothing but an id. The container cuts an answer already on its way.
            if (response.isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
                throw failure;
            }
            ProblemWriter.write(response, Fault.report(request, failure));
        }
    }

    private static Optional<String> parameterWithNul(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query == null || !query.contains(ENCODED_NUL)) {
            return Optional.empty();
        }
        return Stream.of(query.split("&"))
                .filter(parameter -> parameter.contains(ENCODED_NUL))
                .map(parameter -> parameter.split("=", 2)[0].replace(ENCODED_NUL, ""))
                .findFirst();
    }
}
