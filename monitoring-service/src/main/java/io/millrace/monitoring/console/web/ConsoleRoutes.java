package io.millrace.monitoring.console.web;

import io.millrace.web.route.Route;
import java.util.List;

/** What the console needs: files that hold no data, hence open; who sees them still has to log in to see anything in them. */
public final class ConsoleRoutes {

    private ConsoleRoutes() {}

    /** The page and its files. */
    public static List<Route> all() {
        return List.of(
                Route.get("/").open(), Route.get(ConsoleFiles.ALL + "{*file}").open());
    }
}
