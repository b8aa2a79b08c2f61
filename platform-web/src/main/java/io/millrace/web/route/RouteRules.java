package io.millrace.web.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Every route of a service, declared as one bean. It denies by default: a request on none of these routes reaches no
 * controller, and a controller on none of these routes keeps the service from starting.
 *
 * <p>A path without variables is looked up first; among the others the first in the order given decides, so that the
 * narrower pattern comes before the wider.
 */
public final class RouteRules {

    private final List<Route> routes;
    private final Map<String, List<Route>> literals = new HashMap<>();
    private final List<Patterned> patterned = new ArrayList<>();

    private RouteRules(List<Route> routes) {
        this.routes = routes;
        Set<String> seen = new LinkedHashSet<>();
        for (Route route : routes) {
            if (!seen.add(route.toString())) {
                throw new IllegalArgumentException("route declared twice: " + route);
            }
            PathPattern pattern = PathPatternParser.defaultInstance.parse(route.pattern());
            if (pattern.hasPatternSyntax()) {
                patterned.add(new Patterned(pattern, route));
            } else {
                literals.computeIfAbsent(route.pattern(), path -> new ArrayList<>())
                        .add(route);
            }
        }
    }

    /**
     * A service's routes.
     *
     * @throws IllegalArgumentException when a method and pattern appear twice
     */
    public static RouteRules of(Route... routes) {
        return new RouteRules(List.copyOf(Arrays.asList(routes)));
    }

    /** All routes, in the order given. */
    public List<Route> routes() {
        return routes;
    }

    RouteMatch find(HttpMethod method, PathContainer path) {
        HttpMethod wanted = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
        List<Route> exact = literals.getOrDefault(path.value(), List.of());
        for (Route route : exact) {
            if (route.method().equals(wanted)) {
                return new RouteMatch.Found(route);
            }
        }
        for (Patterned candidate : patterned) {
            if (candidate.route.method().equals(wanted) && candidate.pattern.matches(path)) {
                return new RouteMatch.Found(candidate.route);
            }
        }
        return otherMethods(exact, path);
    }

    private RouteMatch otherMethods(List<Route> exact, PathContainer path) {
        Set<HttpMethod> allowed = new LinkedHashSet<>();
        exact.forEach(route -> allowed.add(route.method()));
        patterned.stream()
                .filter(candidate -> candidate.pattern.matches(path))
                .forEach(candidate -> allowed.add(candidate.route.method()));
        return allowed.isEmpty() ? new RouteMatch.None() : new RouteMatch.OtherMethods(allowed);
    }

    private record Patterned(PathPattern pattern, Route route) {}
}
