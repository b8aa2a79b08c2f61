package io.millrace.local.cli;

import io.millrace.local.settings.Settings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads command lines. Options may be written {@code --port 9000} and {@code --port=9000}. */
final class CommandLine {

    private static final int DEFAULT_LINES = 200;
    private static final int MOST_LINES = 1_000_000;

    private final String command;
    private final Deque<String> rest = new ArrayDeque<>();

    private CommandLine(String command, List<String> arguments) {
        this.command = command;
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                rest.add(argument.substring(0, equals));
                rest.add(argument.substring(equals + 1));
            } else {
                rest.add(argument);
            }
        }
    }

    /**
     * What the arguments ask for.
     *
     * @throws UsageException when they ask for nothing that can be done
     */
    static Command parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new UsageException("a command is needed");
        }
        CommandLine line = new CommandLine(arguments.getFirst(), arguments.subList(1, arguments.size()));
        return switch (line.command) {
            case "up" -> line.up();
            case "down" -> line.without(new Command.Down());
            case "status" -> line.without(new Command.Status());
            case "logs" -> line.logs();
            case "token" -> line.token();
            case "reset" -> line.reset();
            case String unknown -> throw new UsageException("no such command: " + unknown);
        };
    }

    private Command up() {
        Optional<Integer> port = Optional.empty();
        Optional<String> bind = Optional.empty();
        boolean traffic = true;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--port" -> port = Optional.of(port(option, value(option)));
                case "--bind" -> bind = Optional.of(value(option));
                case "--no-traffic" -> traffic = false;
                case String unknown -> throw unknown(unknown);
            }
        }
        return new Command.Up(port, bind, traffic);
    }

    private Command logs() {
        Optional<String> name = Optional.empty();
        boolean follow = false;
        int lines = DEFAULT_LINES;
        while (!rest.isEmpty()) {
            String word = rest.remove();
            switch (word) {
                case "-f", "--follow" -> follow = true;
                case "-n", "--lines" -> lines = lines(word, value(word));
                case String other -> {
                    if (other.startsWith("-") || name.isPresent()) {
                        throw unknown(other);
                    }
                    name = Optional.of(other);
                }
            }
        }
        return new Command.Logs(
                name.orElseThrow(() -> new UsageException("logs needs the NAME of a process")), follow, lines);
    }

    private Command token() {
        if (rest.isEmpty() || rest.peek().startsWith("-")) {
            throw rest.isEmpty() ? new UsageException("token needs a USER") : unknown(rest.remove());
        }
        return without(new Command.Token(rest.remove()));
    }

    private Command reset() {
        boolean yes = false;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            if (!option.equals("--yes")) {
                throw unknown(option);
            }
            yes = true;
        }
        return new Command.Reset(yes);
    }

    private Command without(Command parsed) {
        if (!rest.isEmpty()) {
            throw unknown(rest.remove());
        }
        return parsed;
    }

    private String value(String option) {
        if (rest.isEmpty() || rest.peek().isBlank()) {
            throw new UsageException(option + " needs a value");
        }
        return rest.remove();
    }

    private static int port(String option, String text) {
        try {
            return Settings.port(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " " + e.getMessage());
        }
    }

    private static int lines(String option, String text) {
        try {
            int lines = Integer.parseInt(text);
            if (lines >= 0 && lines <= MOST_LINES) {
                return lines;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException(option + " must be a number of lines up to " + MOST_LINES + ", was " + text);
    }

    private UsageException unknown(String word) {
        return new UsageException(command + " does not know " + word);
    }
}
