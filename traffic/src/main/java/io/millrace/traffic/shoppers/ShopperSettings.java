package io.millrace.traffic.shoppers;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How demo traffic runs.
 *
 * @param url the shop's front door, {@code http} or {@code https}
 * @param tokenUrl where tokens are made: the demo issuer's token endpoint
 * @param secret the demo users' common secret; may be empty when the rate is 0
 * @param ordersPerMinute orders placed on average, of honest visitors and fraudsters together, 0 to 1,000; 0 for no traffic.
 *     About four visits make an order, and a visit about ten requests
 * @param fraudShare of the orders are fraudsters', 0 to 0.5
 * @param seed visits repeat themselves for the same seed, as far as the shop answers the same
 * @param truth file of the fraudsters' orders
 * @param maxSessions visits under way at most, 1 to 10,000; who comes beyond is turned away
 * @param meanPause how long a visitor looks at something on average, 1 ms to 10 min
 * @param restock whether suppliers deliver what runs low
 */
public record ShopperSettings(
        URI url,
        URI tokenUrl,
        String secret,
        double ordersPerMinute,
        double fraudShare,
        long seed,
        Path truth,
        int maxSessions,
        Duration meanPause,
        boolean restock) {

    private static final double MOST_ORDERS = 1_000;
    private static final double MOST_FRAUD = 0.5;
    private static final int MOST_SESSIONS = 10_000;
    private static final long LONGEST_PAUSE = 600_000;

    /** Refuses values out of range. */
    public ShopperSettings {
        require(isHttp(url) && isHttp(tokenUrl), "url and token url must be http addresses with a host");
        require(ordersPerMinute >= 0 && ordersPerMinute <= MOST_ORDERS, "orders a minute must be 0 to 1000");
        require(ordersPerMinute == 0 || !secret.isBlank(), "a secret must be given while there is traffic");
        require(fraudShare >= 0 && fraudShare <= MOST_FRAUD, "fraud must be 0 to 0.5 of the orders");
        require(maxSessions >= 1 && maxSessions <= MOST_SESSIONS, "sessions must be 1 to 10000");
        require(
                meanPause.toMillis() >= 1 && meanPause.toMillis() <= LONGEST_PAUSE,
                "the pause must be 1 to 600000 milliseconds");
    }

    /** Whether there is traffic at all. */
    public boolean isOn() {
        return ordersPerMinute > 0;
    }

    /**
     * From environment variables: {@code MILLRACE_SHOPPERS_RATE} (orders a minute, 0: none), {@code MILLRACE_SHOPPERS_URL}
     * (http://127.0.0.1:8080), {@code MILLRACE_SHOPPERS_TOKEN_URL} (the URL with /identity/oauth2/token),
     * {@code MILLRACE_SHOPPERS_SECRET} (required unless the rate is 0), {@code MILLRACE_SHOPPERS_FRAUD} (share of the orders,
     * 0.02), {@code MILLRACE_SHOPPERS_SEED} (a whole number, else another at each start), {@code MILLRACE_SHOPPERS_TRUTH}
     * (data/shoppers/fraud.ndjson), {@code MILLRACE_SHOPPERS_SESSIONS} (1000), {@code MILLRACE_SHOPPERS_PAUSE_MILLIS} (4000),
     * {@code MILLRACE_SHOPPERS_RESTOCK} (true).
     *
     * @param otherwiseSeed the seed when none is set
     * @throws IllegalArgumentException naming every variable that is wrong
     */
    public static ShopperSettings fromEnvironment(Map<String, String> environment, long otherwiseSeed) {
        Variables variables = new Variables(environment);
        double rate = variables.read("RATE", 0.0, Double::valueOf, value -> value >= 0 && value <= MOST_ORDERS);
        double fraud = variables.read("FRAUD", 0.02, Double::valueOf, value -> value >= 0 && value <= MOST_FRAUD);
        long seed = variables.read("SEED", otherwiseSeed, Long::valueOf, _ -> true);
        int sessions =
                variables.read("SESSIONS", 1_000, Integer::valueOf, value -> value >= 1 && value <= MOST_SESSIONS);
        long pause =
                variables.read("PAUSE_MILLIS", 4_000L, Long::valueOf, value -> value >= 1 && value <= LONGEST_PAUSE);
        boolean restock = variables.read("RESTOCK", true, ShopperSettings::bool, _ -> true);
        Path truth = variables.read("TRUTH", Path.of("data/shoppers/fraud.ndjson"), Path::of, _ -> true);
        URI url = variables.read(
                "URL", URI.create("http://127.0.0.1:8080"), ShopperSettings::uri, ShopperSettings::isHttp);
        URI tokenUrl = variables.read(
                "TOKEN_URL", url.resolve("/identity/oauth2/token"), ShopperSettings::uri, ShopperSettings::isHttp);
        String secret = variables.read("SECRET", "", Function.identity(), _ -> true);
        if (rate > 0 && secret.isBlank()) {
            variables.problem("SECRET", "must be set while there is traffic");
        }
        variables.throwProblems();
        return new ShopperSettings(
                url, tokenUrl, secret, rate, fraud, seed, truth, sessions, Duration.ofMillis(pause), restock);
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean isHttp(URI uri) {
        return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Names the seed, the rate and where, not the secret. */
    @Override
    public String toString() {
        return "ShopperSettings[url=" + url + ", ordersPerMinute=" + ordersPerMinute + ", fraudShare=" + fraudShare
                + ", seed=" + seed + "]";
    }

    /** Reads variables, and gathers what is wrong with them. */
    private static final class Variables {

        private static final String PREFIX = "MILLRACE_SHOPPERS_";

        private final Map<String, String> environment;
        private final List<String> problems = new ArrayList<>();

        Variables(Map<String, String> environment) {
            this.environment = environment;
        }

        /** An empty value counts as none. */
        <T> T read(String name, T otherwise, Function<String, T> parser, Predicate<T> valid) {
            @Nullable String text = environment.get(PREFIX + name);
            if (text == null || text.isBlank()) {
                return otherwise;
            }
            try {
                T value = parser.apply(text.strip());
                if (valid.test(value)) {
                    return value;
                }
            } catch (IllegalArgumentException e) {
                // falls through: told like a value out of range
            }
            problem(name, "must not be " + text);
            return otherwise;
        }

        void problem(String name, String text) {
            problems.add(PREFIX + name + " " + text);
        }

        void throwProblems() {
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
        }
    }
}
