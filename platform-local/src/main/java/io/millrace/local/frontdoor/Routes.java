package io.millrace.local.frontdoor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Which service answers which path. Each path stands for itself and all below it, {@code /} for everything; the longest that
 * fits wins.
 */
public final class Routes {

    private static final String FILE = "routes.properties";

    private final List<Route> routes;

    private Routes(List<Route> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparingInt((Route route) -> route.path().length())
                        .reversed()
                        .thenComparing(Route::path))
                .toList();
    }

    /** The platform's own, from {@code routes.properties} beside this class. */
    public static Routes standard() {
        Properties properties = new Properties();
        try (InputStream in = Routes.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + FILE, e);
        }
        return of(properties);
    }

    /**
     * Routes from path to service.
     *
     * @throws IllegalArgumentException when a path does not begin with a slash, or ends with one and is not the root
     */
    static Routes of(Properties properties) {
        return new Routes(properties.stringPropertyNames().stream()
                .map(path -> new Route(path, properties.getProperty(path).strip()))
                .toList());
    }

    /** The service that answers a path; empty when none does. */
    Optional<String> service(String path) {
        for (Route route : routes) {
            if (route.covers(path)) {
                return Optional.of(route.service());
            }
        }
        return Optional.empty();
    }

    /** Every route, longest path first. */
    public List<Route> all() {
        return routes;
    }

    /**
     * A path and who answers it.
     *
     * @param path begins with a slash and, but for the root, does not end with one
     * @param service name of the service
     */
    public record Route(String path, String service) {

        /** Refuses paths of another form. */
        public Route {
            if (!path.startsWith("/") || (path.endsWith("/") && !path.equals("/"))) {
                throw new IllegalArgumentException("a route must begin with a slash and not end with one, was " + path);
            }
        }

        boolean covers(String other) {
            if (path.equals("/")) {
                return other.startsWith(path);
            }
            return other.startsWith(path) && (other.length() == path.length() || other.charAt(path.length()) == '/');
        }
    }
}
