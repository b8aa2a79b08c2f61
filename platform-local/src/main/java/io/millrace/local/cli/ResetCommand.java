package io.millrace.local.cli;

import io.millrace.local.PlatformException;
import io.millrace.local.data.DataDirectory;
import io.millrace.local.settings.Settings;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/** Stops everything and deletes the data; only what a platform has put there. */
final class ResetCommand {

    private final Settings settings;
    private final PrintStream out;

    ResetCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run(Command.Reset reset) {
        DataDirectory data = Running.data(settings);
        if (!data.root().toFile().exists()) {
            out.println("there are no data in " + data.root());
            return ExitCodes.DONE;
        }
        if (!data.isOurs()) {
            throw new PlatformException(data.root() + " is not a data directory of Millrace: nothing deleted");
        }
        if (!reset.yes() && !confirmed(data)) {
            out.println("nothing deleted");
            return ExitCodes.FAILED;
        }
        if (new DownCommand(settings, out).stop()) {
            out.println("stopped");
        }
        data.delete();
        out.println("deleted " + data.root());
        return ExitCodes.DONE;
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 does return null where there is no terminal
    private static boolean confirmed(DataDirectory data) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new UsageException("reset deletes all data: confirm it by --yes");
        }
        String answer = console.readLine("Delete all data in %s? [y/N] ", data.root());
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
