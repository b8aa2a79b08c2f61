package io.millrace.local.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code millrace.env} and the environment set; the environment wins. The file itself documents every setting.
 *
 * @param port of the front door, 1 to 65535
 * @param bind address of the front door
 * @param hosts names under which the front door is called, beside those of this machine
 * @param data absolute path of the data directory
 * @param dataLimit size the data directory is kept below, as far as retention can
 * @param freeSpace free space on its disk below which warnings are given
 * @param logSize size at which a log file is set aside; two that were are kept
 * @param passedOn everything the file sets, for the processes' environment
 */
public record Settings(
        int port,
        String bind,
        List<String> hosts,
        Path data,
        ByteSize dataLimit,
        ByteSize freeSpace,
        ByteSize logSize,
        Map<String, String> passedOn) {

    /** Name of the file, in the folder the platform lies in. */
    public static final String FILE = "millrace.env";

    private static final String DATA = "MILLRACE_DATA";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:.]+]");
    private static final int HIGHEST_PORT = 65_535;
    private static final long LEAST_LIMIT_MEBIBYTES = 1024;

    /** Keeps its own copies. */
    public Settings {
        hosts = List.copyOf(hosts);
        passedOn = Map.copyOf(passedOn);
    }

    /** The settings of an installation, with this process's environment. */
    public static Settings of(Path home) {
        return of(home, System.getenv());
    }

    /** The settings of an installation, with another environment. */
    public static Settings of(Path home, Map<String, String> environment) {
        return of(home, EnvFile.read(home.resolve(FILE)), environment);
    }

    /**
     * The settings, from what the file and the environment say. An empty value says nothing.
     *
     * @param home what a relative path in the file is relative to; one in the environment is relative to the working
     *     directory
     * @throws SettingsException naming every setting that can't be used
     */
    public static Settings of(Path home, EnvFile file, Map<String, String> environment) {
        Reader reader = new Reader(file, environment);
        Path data = reader.isInEnvironment(DATA)
                ? reader.read(DATA, home, Path::of)
                : home.resolve(reader.read(DATA, Path.of("data"), Path::of));
        Settings settings = new Settings(
                reader.read("MILLRACE_PORT", 8080, Settings::port),
                reader.read("MILLRACE_BIND", "127.0.0.1", Function.identity()),
                reader.read("MILLRACE_HOSTS", List.of(), Settings::hostNames),
                data.toAbsolutePath().normalize(),
                reader.read("MILLRACE_DATA_LIMIT", ByteSize.mebibytes(10_240), Settings::limit),
                reader.read("MILLRACE_FREE_SPACE", ByteSize.mebibytes(1024), ByteSize::parse),
                reader.read("MILLRACE_LOG_SIZE", ByteSize.mebibytes(16), ByteSize::parse),
                overridden(file.values(), environment));
        reader.refuseProblems();
        return settings;
    }

    /**
     * A port number.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static int port(String text) {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("must be a port from 1 to " + HIGHEST_PORT + ", was " + text);
    }

    private static List<String> hostNames(String text) {
        List<String> hosts = Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            throw new IllegalArgumentException("must be host names without ports, separated by commas, was " + text);
        }
        return hosts;
    }

    private static ByteSize limit(String text) {
        ByteSize size = ByteSize.parse(text);
        if (size.toMebibytes() < LEAST_LIMIT_MEBIBYTES) {
            throw new IllegalArgumentException("must be at least 1GiB, was " + text);
        }
        return size;
    }

    private static Map<String, String> overridden(Map<String, String> file, Map<String, String> environment) {
        Map<String, String> values = new LinkedHashMap<>(file);
        values.replaceAll((name, value) -> environment.getOrDefault(name, value));
        return values;
    }

    /** A setting of one of the processes, by name; empty when neither the environment nor the file has it. */
    public Optional<String> of(String name) {
        return Optional.ofNullable(System.getenv(name))
                .or(() -> Optional.ofNullable(passedOn.get(name)))
                .filter(value -> !value.isBlank());
    }

    private static final class Reader {

        private final Map<String, String> file;
        private final Map<String, String> environment;
        private final List<String> problems;

        Reader(EnvFile file, Map<String, String> environment) {
            this.file = file.values();
            this.environment = environment;
            this.problems = new ArrayList<>(file.problems());
        }

        boolean isInEnvironment(String name) {
            return !environment.getOrDefault(name, "").isBlank();
        }

        <T> T read(String name, T otherwise, Function<String, T> parser) {
            String inFile = file.getOrDefault(name, "");
            String value = isInEnvironment(name) ? environment.getOrDefault(name, inFile) : inFile;
            if (value.isBlank()) {
                return otherwise;
            }
            try {
                return parser.apply(value);
            } catch (IllegalArgumentException e) {
                problems.add(name + " " + e.getMessage());
                return otherwise;
            }
        }

        void refuseProblems() {
            if (!problems.isEmpty()) {
                throw new SettingsException(problems);
            }
        }
    }
}
