package io.millrace.local.cli;

import io.millrace.local.DemoTokens;
import io.millrace.local.PlatformException;
import io.millrace.local.seeding.Seeding;
import io.millrace.local.seeding.SeedingException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Fills an empty shop that runs elsewhere, in containers, then says where it is and how to order. Run again it changes
 * nothing, and says so.
 *
 * <p>Environment: {@code MILLRACE_SEED_FRONTDOOR}, the front door as it is seen from here; {@code MILLRACE_SEED_URL}, the
 * same as people see it; {@code MILLRACE_SEED_TOKEN}, what prints a token when a user's name is added;
 * {@code MILLRACE_IDENTITY_DEMOSECRET}; {@code MILLRACE_IDENTITY_DEMOPASSWORD}, said to people. Identity is waited for, two minutes at most, and every service for half of one.
 */
public final class SeedMain {

    private static final Duration IDENTITY_WITHIN = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final List<String> NEEDED = List.of(
            "MILLRACE_SEED_FRONTDOOR", "MILLRACE_SEED_URL", "MILLRACE_SEED_TOKEN", "MILLRACE_IDENTITY_DEMOSECRET");

    private SeedMain() {}

    /** Exits with 2 when a setting is missing, with 1 when the shop can't be filled. */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), System.out, System.err, IDENTITY_WITHIN));
    }

    static int run(Map<String, String> environment, PrintStream out, PrintStream errors, Duration within) {
        List<String> missing = NEEDED.stream()
                .filter(name -> value(environment, name).isBlank())
                .toList();
        if (!missing.isEmpty()) {
            errors.println("must be set: " + String.join(", ", missing));
            return ExitCodes.WRONG_USAGE;
        }
        URI frontDoor = URI.create(value(environment, "MILLRACE_SEED_FRONTDOOR"));
        DemoTokens tokens = new DemoTokens(
                frontDoor.resolve("/identity/oauth2/token"), value(environment, "MILLRACE_IDENTITY_DEMOSECRET"));
        try {
            awaitIdentity(tokens, within);
            out.println(Seeding.standard(frontDoor, tokens::of).run());
        } catch (PlatformException | SeedingException e) {
            errors.println(e.getMessage());
            return ExitCodes.FAILED;
        }
        welcome(out, environment);
        return ExitCodes.DONE;
    }

    private static String value(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "");
    }

    /** Everything else is asked by {@link Seeding}, which waits by itself once it has a token. */
    private static void awaitIdentity(DemoTokens tokens, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            try {
                tokens.of("operator");
                return;
            } catch (PlatformException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("interrupted");
        }
    }

    /** The order on one line: compose writes a container's name before each, which would stand within a longer one. */
    private static void welcome(PrintStream out, Map<String, String> environment) {
        URI url = URI.create(value(environment, "MILLRACE_SEED_URL"));
        String token = value(environment, "MILLRACE_SEED_TOKEN");
        String set = value(environment, DemoTokens.PASSWORD_SETTING);
        String password = set.isBlank() ? DemoTokens.USUAL_PASSWORD : set;
        out.println();
        out.println("Millrace runs at " + url);
        out.println("The shop's pulse is shown at " + url + "/ to operator, password " + password);
        out.println("Mail the shop has sent: " + url + "/mail");
        out.println("Demo users: " + String.join(", ", DemoTokens.USERS));
        out.println("A token of one: " + token + " USER");
        out.println();
        out.println("Place an order, in another terminal:");
        out.println();
        out.println(Welcome.order(url, token).replace(" \\\n  ", " "));
        out.flush();
    }
}
