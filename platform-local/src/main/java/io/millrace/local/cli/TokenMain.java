package io.millrace.local.cli;

import io.millrace.local.DemoTokens;
import io.millrace.local.PlatformException;
import java.net.URI;
import java.util.Map;

/**
 * Prints a fresh token of a demo user, alone; run in the container that identity runs in, with its environment:
 * {@code SERVER_PORT} and {@code MILLRACE_IDENTITY_DEMOSECRET}.
 */
public final class TokenMain {

    private TokenMain() {}

    /** With a user's name for its one argument; exits with 2 when it is another, with 1 when identity does not answer. */
    public static void main(String[] arguments) {
        if (arguments.length != 1 || !DemoTokens.USERS.contains(arguments[0])) {
            System.err.println("usage: token USER, one of " + String.join(", ", DemoTokens.USERS));
            System.exit(ExitCodes.WRONG_USAGE);
        }
        Map<String, String> environment = System.getenv();
        URI endpoint = URI.create("http://127.0.0.1:" + environment.get("SERVER_PORT") + "/identity/oauth2/token");
        String secret = environment.getOrDefault("MILLRACE_IDENTITY_DEMOSECRET", "");
        try {
            System.out.println(new DemoTokens(endpoint, secret).of(arguments[0]));
        } catch (PlatformException e) {
            System.err.println(e.getMessage());
            System.exit(ExitCodes.FAILED);
        }
    }
}
