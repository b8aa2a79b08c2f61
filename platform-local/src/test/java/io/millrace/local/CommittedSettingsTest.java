package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.settings.EnvFile;
import io.millrace.local.settings.Settings;
import io.millrace.traffic.shoppers.ShopperSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The millrace.env that everybody gets: it changes nothing, and what it says of names and defaults is so. */
class CommittedSettingsTest {

    private static final Path HOME = Installation.current().home();
    private static final Pattern COMMENTED_OUT = Pattern.compile("#([A-Z][A-Z0-9_]*)=(.*)");
    private static final List<String> JVMS = Stream.concat(
                    Stream.of(PlatformLayout.KAFKA, PlatformLayout.OUTSIDE), PlatformLayout.SERVICES.stream())
            .map(process -> process.toUpperCase(Locale.ROOT).replace('-', '_'))
            .toList();

    private static final Settings DEFAULTS = Settings.of(HOME, new EnvFile(Map.of(), List.of()), Map.of());

    @Test
    void changesNothing() {
        EnvFile file = EnvFile.read(HOME.resolve(Settings.FILE));
        assertThat(file.problems()).isEmpty();
        assertThat(Settings.of(HOME, file, Map.of())).isEqualTo(DEFAULTS);
        assertThat(documented()).hasSizeGreaterThan(8);
    }

    @Test
    void showsTheDefaultOfEverySetting() {
        Map<String, String> documented = documented();
        Settings written = Settings.of(HOME, new EnvFile(documented, List.of()), Map.of());
        assertThat(written.passedOn()).isEqualTo(documented);
        assertThat(written)
                .usingRecursiveComparison()
                .ignoringFields("passedOn")
                .isEqualTo(DEFAULTS);
        JvmOptions options = new JvmOptions(written);
        JvmOptions defaults = new JvmOptions(DEFAULTS);
        for (String process : PlatformLayout.SERVICES) {
            assertThat(options.of(process, process, HOME)).isEqualTo(defaults.of(process, process, HOME));
        }
    }

    @Test
    void namesOnlySettingsThatExist() {
        assertThat(documented().entrySet())
                .allSatisfy(setting -> assertThat(exists(setting.getKey(), setting.getValue()))
                        .as(setting.toString())
                        .isTrue());
    }

    @Test
    void namesEverySettingOfThePlatformItself() throws IOException {
        String source =
                Files.readString(HOME.resolve("platform-local/src/main/java/io/millrace/local/settings/Settings.java"));
        List<String> read = Pattern.compile("\"(MILLRACE_[A-Z_]+)\"")
                .matcher(source)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(read).hasSize(7);
        assertThat(documented()).containsKeys(read.toArray(String[]::new));
    }

    @Test
    void namesEveryProcessWhoseHeapCanBeSet() throws IOException {
        assertThat(Files.readString(HOME.resolve(Settings.FILE)).replace("\n# ", " "))
                .contains("Largest heap of a process: " + String.join(", ", JVMS) + ".");
    }

    private static boolean exists(String name, String value) {
        if (List.of(
                        "MILLRACE_PORT",
                        "MILLRACE_BIND",
                        "MILLRACE_HOSTS",
                        "MILLRACE_DATA",
                        "MILLRACE_DATA_LIMIT",
                        "MILLRACE_FREE_SPACE",
                        "MILLRACE_LOG_SIZE",
                        "MILLRACE_JVM_OPTIONS")
                .contains(name)) {
            return true;
        }
        for (String prefix : List.of("MILLRACE_HEAP_", "MILLRACE_JVM_OPTIONS_")) {
            if (name.startsWith(prefix)) {
                return JVMS.contains(name.substring(prefix.length()));
            }
        }
        if (name.equals("MILLRACE_SHOPPERS_RATE")) {
            return value.equals(PlatformLayout.SHOPPERS_RATE);
        }
        if (name.equals("MILLRACE_SHOPPERS_FRAUD")) {
            return Double.parseDouble(value)
                    == ShopperSettings.fromEnvironment(Map.of(), 0).fraudShare();
        }
        return sources().anyMatch(source -> isProperty(source, name, value));
    }

    /** Whether a source is of the properties that a variable belongs to in Spring Boot's spelling, with that default. */
    private static boolean isProperty(String source, String name, String value) {
        Matcher prefix =
                Pattern.compile("@ConfigurationProperties\\(\"([a-z.-]+)\"\\)").matcher(source);
        if (!prefix.find()) {
            return false;
        }
        String group = prefix.group(1).replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT) + "_";
        return name.startsWith(group)
                && Pattern.compile(
                                "@DefaultValue\\(\"" + Pattern.quote(value) + "\"\\)\\s+\\w+\\s+"
                                        + name.substring(group.length()) + "\\b",
                                Pattern.CASE_INSENSITIVE)
                        .matcher(source)
                        .find();
    }

    private static Stream<String> sources() {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(HOME)) {
            for (Path module : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                            .toList()) {
                        sources.add(Files.readString(file));
                    }
                }
            }
            return sources.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is commented out, as if it were not. */
    private static Map<String, String> documented() {
        Map<String, String> settings = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(HOME.resolve(Settings.FILE))) {
                Matcher matcher = COMMENTED_OUT.matcher(line);
                if (matcher.matches()) {
                    settings.put(matcher.group(1), matcher.group(2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}
