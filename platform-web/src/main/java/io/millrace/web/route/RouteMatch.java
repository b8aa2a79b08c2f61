package io.millrace.web.route;

import java.util.Set;
import org.springframework.http.HttpMethod;

/** What the table of routes says about a request. */
sealed interface RouteMatch {

    /** The route that the request is on. */
    record Found(Route route) implements RouteMatch {}

    /** The path is known, but only with these methods. */
    record OtherMethods(Set<HttpMethod> allowed) implements RouteMatch {}

    /** No route has this path. */
    record None() implements RouteMatch {}
}
