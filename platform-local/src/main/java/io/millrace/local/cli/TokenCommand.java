package io.millrace.local.cli;

import io.millrace.local.DemoTokens;
import io.millrace.local.PlatformException;
import io.millrace.local.data.Secrets;
import io.millrace.local.settings.Settings;
import java.io.PrintStream;
import java.net.URI;

/** Prints a fresh token of a demo user, alone. */
final class TokenCommand {

    private final Settings settings;
    private final PrintStream out;

    TokenCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run(Command.Token token) {
        if (!DemoTokens.USERS.contains(token.user())) {
            throw new UsageException(
                    "no such user: " + token.user() + "; there are " + String.join(", ", DemoTokens.USERS));
        }
        URI url = Running.state(settings)
                .orElseThrow(() -> new PlatformException("Millrace does not run: start it by ./millrace up"))
                .url();
        String secret = new Secrets(Running.data(settings).keys()).of("demo-secret");
        out.println(new DemoTokens(URI.create(url + "/identity/oauth2/token"), secret).of(token.user()));
        return ExitCodes.DONE;
    }
}
