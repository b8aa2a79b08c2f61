package io.millrace.local.cli;

import io.millrace.local.DemoTokens;
import io.millrace.local.Installation;
import io.millrace.local.settings.Settings;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What {@code up} says once everything runs. The order is the one line that begins with {@code curl}: people and programs
 * paste it as it is, into any shell and any folder, again and again.
 */
final class Welcome {

    private final String script;
    private final URI url;
    private final String password;

    Welcome(Installation installation, Settings settings, URI url) {
        Path usual = installation.home().resolve("data");
        String data = settings.data().equals(usual) ? "" : "MILLRACE_DATA=" + quoted(settings.data()) + " ";
        this.script = data + quoted(installation.script());
        this.url = url;
        this.password = settings.of(DemoTokens.PASSWORD_SETTING).orElse(DemoTokens.USUAL_PASSWORD);
    }

    void print(PrintStream out, Duration took) {
        out.println();
        out.println("Millrace runs at " + url + " (started in " + took.toSeconds() + " s)");
        out.println("The shop's pulse is shown at " + url + "/ to operator, password " + password);
        out.println("Mail the shop has sent: " + url + "/mail");
        out.println("Demo users: " + String.join(", ", DemoTokens.USERS));
        out.println("A token of one: " + script + " token USER");
        out.println();
        out.println("Place an order, in another terminal:");
        out.println();
        out.println(order());
        out.println();
        out.println("Ctrl-C stops everything; the data are kept.");
        out.flush();
    }

    String order() {
        return order(url, script + " token");
    }

    /**
     * An order, for any shell. Nanoseconds where date has them, else seconds and what the shell adds: a new key at every
     * paste.
     *
     * @param token what prints a user's token, a command with its first arguments
     */
    static String order(URI url, String token) {
        return """
                curl -sS -i -X POST %s/api/orders \\
                  -H "Authorization: Bearer $(%s customer)" \\
                  -H "Content-Type: application/json" \\
                  -H "Idempotency-Key: $(date +%%s%%N)-$$-${RANDOM:-0}" \\
                  -d '{"lines":[{"sku":"TEA-ASSAM-250","quantity":2},{"sku":"TEAPOT-GLASS-12","quantity":1}],\
                "shipTo":{"name":"Ada Miller","street":"Mill Lane 1","city":"Berlin","postalCode":"10115","country":"DE"},\
                "contact":{"email":"ada@example.org"},"paymentToken":"tok_ok"}'""".formatted(url, token);
    }

    /** For a shell, inside of the double quotes of a header too. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
