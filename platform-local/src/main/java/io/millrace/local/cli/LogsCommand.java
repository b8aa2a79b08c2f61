package io.millrace.local.cli;

import io.millrace.local.PlatformException;
import io.millrace.local.data.DataDirectory;
import io.millrace.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Shows the end of a log, and goes on as it grows where that is wished; by {@code tail}, which every system has. */
final class LogsCommand {

    private static final String SUFFIX = ".log";

    private final Settings settings;

    LogsCommand(Settings settings) {
        this.settings = settings;
    }

    int run(Command.Logs logs) {
        DataDirectory data = Running.data(settings);
        List<String> names = names(data);
        if (names.isEmpty()) {
            throw new PlatformException("there are no logs yet: ./millrace up writes them");
        }
        if (!names.contains(logs.name())) {
            throw new UsageException("no log of " + logs.name() + "; there are " + String.join(", ", names));
        }
        List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(logs.lines())));
        if (logs.follow()) {
            command.add("-F"); // by name: a full log is set aside
        }
        command.add(data.log(logs.name()).toString());
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new PlatformException("can't run tail: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        }
    }

    private static List<String> names(DataDirectory data) {
        if (!Files.isDirectory(data.logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data.logs())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PlatformException("can't list " + data.logs() + ": " + e.getMessage(), e);
        }
    }
}
