package io.millrace.web.route;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Keeps a service from starting while one of its controllers' methods is on no declared route. */
final class RouteCoverage implements SmartInitializingSingleton {

    private final RouteRules rules;
    private final RequestMappingHandlerMapping mapping;

    RouteCoverage(RouteRules rules, RequestMappingHandlerMapping mapping) {
        this.rules = rules;
        this.mapping = mapping;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> unruled = mapping.getHandlerMethods().entrySet().stream()
                .filter(handler -> !ErrorController.class.isAssignableFrom(
                        handler.getValue().getBeanType()))
                .flatMap(this::unruled)
                .sorted()
                .toList();
        if (!unruled.isEmpty()) {
            throw new IllegalStateException("No RouteRules entry says who may call " + String.join("; ", unruled));
        }
    }

    private Stream<String> unruled(Map.Entry<RequestMappingInfo, HandlerMethod> handler) {
        Set<RequestMethod> methods = handler.getKey().getMethodsCondition().getMethods();
        if (methods.isEmpty()) {
            return Stream.of(handler.getValue().getShortLogMessage() + ", which names no HTTP method");
        }
        return handler.getKey().getPatternValues().stream()
                .flatMap(pattern -> methods.stream()
                        .filter(method -> !isRuled(method.asHttpMethod(), pattern))
                        .map(method -> method + " " + pattern));
    }

    private boolean isRuled(HttpMethod method, String pattern) {
        PathContainer sample = PathContainer.parsePath(samplePath(pattern));
        return rules.find(method, sample) instanceof RouteMatch.Found;
    }

    /** A path on the pattern: any text for each variable and wildcard. */
    private static String samplePath(String pattern) {
        return pattern.replaceAll("\\{[^/]*}|\\*+", "0");
    }
}
