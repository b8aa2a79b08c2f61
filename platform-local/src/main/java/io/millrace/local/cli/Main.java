package io.millrace.local.cli;

import io.millrace.local.Installation;
import io.millrace.local.PlatformException;
import io.millrace.local.settings.Settings;
import io.millrace.local.settings.SettingsException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The commands of {@code ./millrace}, apart from those that other modules serve. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args), System.getenv(), System.out, System.err));
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            Command command = CommandLine.parse(arguments);
            Installation installation = Installation.current();
            Settings settings = Settings.of(installation.home(), environment);
            return switch (command) {
                case Command.Up up -> new UpCommand(installation, settings, out, err).run(up);
                case Command.Down _ -> new DownCommand(settings, out).run();
                case Command.Status _ -> new StatusCommand(settings, out).run();
                case Command.Logs logs -> new LogsCommand(settings).run(logs);
                case Command.Token token -> new TokenCommand(settings, out).run(token);
                case Command.Reset reset -> new ResetCommand(settings, out).run(reset);
            };
        } catch (UsageException e) {
            err.println("millrace: " + e.getMessage());
            err.println("./millrace --help says what there is.");
            return ExitCodes.WRONG_USAGE;
        } catch (SettingsException e) {
            err.println("millrace: " + e.getMessage());
            return ExitCodes.WRONG_USAGE;
        } catch (PlatformException e) {
            err.println("millrace: " + e.getMessage());
            return ExitCodes.FAILED;
        } catch (UncheckedIOException e) {
            err.println("millrace: " + e.getMessage() + ": " + e.getCause());
            return ExitCodes.FAILED;
        }
    }
}
