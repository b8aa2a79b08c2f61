package io.millrace.local.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Path HOME = Path.of("/opt/mill race");

    @Test
    void haveDefaults() {
        Settings settings = settings(Map.of(), Map.of());
        assertThat(settings)
                .isEqualTo(new Settings(
                        8080,
                        "127.0.0.1",
                        List.of(),
                        HOME.resolve("data"),
                        ByteSize.parse("10GiB"),
                        ByteSize.parse("1GiB"),
                        ByteSize.parse("16MiB"),
                        Map.of()));
    }

    @Test
    void areReadFromTheFile() {
        Map<String, String> file = Map.of(
                "MILLRACE_PORT", "9000",
                "MILLRACE_BIND", "127.0.0.2",
                "MILLRACE_HOSTS", "shop.example, [fd00::1]",
                "MILLRACE_DATA", "/var/millrace",
                "MILLRACE_DATA_LIMIT", "2GiB",
                "MILLRACE_FREE_SPACE", "512MiB",
                "MILLRACE_LOG_SIZE", "1MiB",
                "MILLRACE_ORDERS_MAXLINES", "7");
        assertThat(settings(file, Map.of()))
                .isEqualTo(new Settings(
                        9000,
                        "127.0.0.2",
                        List.of("shop.example", "[fd00::1]"),
                        Path.of("/var/millrace"),
                        ByteSize.parse("2GiB"),
                        ByteSize.parse("512MiB"),
                        ByteSize.parse("1MiB"),
                        file));
    }

    @Test
    void letTheEnvironmentWin() {
        Settings settings = settings(
                Map.of("MILLRACE_PORT", "9000", "MILLRACE_ORDERS_MAXLINES", "7", "MILLRACE_DATA", "of the file"),
                Map.of("MILLRACE_PORT", "9001", "MILLRACE_ORDERS_MAXLINES", "8", "MILLRACE_DATA", "/of/environment"));
        assertThat(settings.port()).isEqualTo(9001);
        assertThat(settings.data()).isEqualTo(Path.of("/of/environment"));
        assertThat(settings.passedOn())
                .contains(entry("MILLRACE_ORDERS_MAXLINES", "8"), entry("MILLRACE_PORT", "9001"));
    }

    @Test
    void passOnWhatTheFileSetsAndNothingElseOfTheEnvironment() {
        Settings settings = settings(Map.of("MILLRACE_ORDERS_MAXLINES", "7"), Map.of("MILLRACE_ORDERS_WRITERS", "1"));
        assertThat(settings.passedOn()).containsOnly(entry("MILLRACE_ORDERS_MAXLINES", "7"));
        assertThat(settings.of("MILLRACE_ORDERS_MAXLINES")).hasValue("7");
        assertThat(settings.of("MILLRACE_ORDERS_NOTHING")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"data, /opt/mill race/data", "../data, /opt/data", "./a/../b, /opt/mill race/b", "/var/x/../y, /var/y"})
    void findTheFilesRelativePathsBesideTheFile(String written, Path found) {
        assertThat(settings(Map.of("MILLRACE_DATA", written), Map.of()).data()).isEqualTo(found);
    }

    @Test
    void findTheEnvironmentsRelativePathsInTheWorkingDirectory() {
        assertThat(settings(Map.of(), Map.of("MILLRACE_DATA", "data")).data())
                .isEqualTo(Path.of("data").toAbsolutePath());
    }

    /** An empty data directory would be the installation itself, or wherever somebody happens to be. */
    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void takeAnEmptyValueForNone(String empty) {
        Map<String, String> all = Map.of(
                "MILLRACE_PORT", empty,
                "MILLRACE_BIND", empty,
                "MILLRACE_DATA", empty,
                "MILLRACE_DATA_LIMIT", empty,
                "MILLRACE_HEAP_KAFKA", empty);
        assertThat(settings(all, Map.of()).data()).isEqualTo(HOME.resolve("data"));
        assertThat(settings(Map.of(), all)).isEqualTo(settings(Map.of(), Map.of()));
        Map<String, String> file = Map.of("MILLRACE_PORT", "9000", "MILLRACE_DATA", "/var/millrace");
        assertThat(settings(file, all).port()).isEqualTo(9000);
        assertThat(settings(file, all).data()).isEqualTo(Path.of("/var/millrace"));
        assertThat(settings(all, Map.of()).of("MILLRACE_HEAP_KAFKA")).isEmpty();
    }

    @Test
    void nameEveryProblemAtOnce(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve(Settings.FILE), """
                MILLRACE_PORT=70000
                MILLRACE_BIND 127.0.0.1
                MILLRACE_HOSTS=shop.example,http://localhost:8080
                MILLRACE_DATA_LIMIT=512MiB
                MILLRACE_FREE_SPACE=some
                """);
        assertThatThrownBy(() -> Settings.of(home, Map.of("MILLRACE_LOG_SIZE", "16MB")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        home.resolve(Settings.FILE)
                                + ", line 2: must be NAME=VALUE or a comment, was MILLRACE_BIND 127.0.0.1",
                        "MILLRACE_PORT must be a port from 1 to 65535, was 70000",
                        "MILLRACE_HOSTS must be host names without ports, separated by commas, was"
                                + " shop.example,http://localhost:8080",
                        "MILLRACE_DATA_LIMIT must be at least 1GiB, was 512MiB",
                        "MILLRACE_FREE_SPACE must be a size such as 10GiB or 64MiB, was some",
                        "MILLRACE_LOG_SIZE must be a size such as 10GiB or 64MiB, was 16MB"));
    }

    private static Settings settings(Map<String, String> file, Map<String, String> environment) {
        return Settings.of(HOME, new EnvFile(file, List.of()), environment);
    }
}
