package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.DemoTokens;
import io.millrace.local.Installation;
import io.millrace.local.settings.EnvFile;
import io.millrace.local.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The printed order is run by real shells, from any folder, with a program in curl's place that tells its arguments. */
class WelcomeTest {

    private static final URI URL = URI.create("http://localhost:8080");

    @TempDir
    Path folder;

    static Stream<Arguments> shellsAndPlaces() {
        return Stream.of("sh", "bash", "zsh", "ksh")
                .filter(WelcomeTest::isInstalled)
                .flatMap(shell -> Stream.of(
                                "millrace", "my shop", "Ada's shop", "semi;colon & $HOME", "a \"quoted\" one")
                        .map(place -> Arguments.of(shell, place)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("shellsAndPlaces")
    void printsAnOrderThatEveryShellParsesAndRuns(String shell, String place) throws Exception {
        Path home = installed(place);
        String order = welcome(home, home.resolve("data")).order();

        assertThat(run(shell, "-n", "-c", order)).isEmpty();
        List<String> arguments = run(shell, "-c", order).lines().toList();
        assertThat(arguments).startsWith("-sS", "-i", "-X", "POST", URL + "/api/orders");
        assertThat(arguments).contains("Authorization: Bearer token-of-customer-in-", "Content-Type: application/json");
        assertThat(arguments).anyMatch(argument -> argument.matches("Idempotency-Key: \\d+N?-\\d+-\\d+"));
    }

    @Test
    void printsOneLineThatBeginsWithCurlContinuedByBackslashesOnly() throws Exception {
        List<String> lines = printed(welcome(installed("my shop"), folder.resolve("data")));
        assertThat(lines).filteredOn(line -> line.startsWith("curl")).hasSize(1);
        int first = lines.indexOf("curl -sS -i -X POST " + URL + "/api/orders \\");
        int last = first;
        while (lines.get(last).endsWith("\\")) {
            last++;
        }
        assertThat(lines.subList(first + 1, last + 1)).isNotEmpty().allMatch(line -> line.startsWith("  -"));
        assertThat(lines.get(last + 1)).isEmpty();
        assertThat(String.join("\n", lines.subList(first, last + 1)))
                .isEqualTo(welcome(folder.resolve("my shop"), folder.resolve("data"))
                        .order());
    }

    @Test
    void ordersWhatTheSeededCatalogueHas() throws Exception {
        Path home = installed("millrace");
        List<String> arguments = run(
                        "sh", "-c", welcome(home, home.resolve("data")).order())
                .lines()
                .toList();
        JsonNode body = JsonMapper.shared().readTree(arguments.get(arguments.indexOf("-d") + 1));
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("lines", "shipTo", "contact", "paymentToken");
        List<String> seeded;
        try (var in = Welcome.class.getResourceAsStream("/io/millrace/local/seeding/products.ndjson")) {
            assertThat(in).isNotNull();
            seeded = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line).get("sku").asString())
                    .toList();
        }
        assertThat(body.get("lines")).hasSize(2).allSatisfy(line -> {
            assertThat(seeded).contains(line.get("sku").asString());
            assertThat(line.get("quantity").asInt()).isPositive();
        });
    }

    @Test
    void placesAnotherOrderWithEveryPaste() throws Exception {
        Path home = installed("millrace");
        String order = welcome(home, home.resolve("data")).order();
        List<String> keys = Stream.of(run("sh", "-c", order), run("sh", "-c", order))
                .flatMap(String::lines)
                .filter(argument -> argument.startsWith("Idempotency-Key"))
                .toList();
        assertThat(keys).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void makesTokensOnTheDataDirectoryItWasStartedWith() throws Exception {
        Path elsewhere = folder.resolve("my other data");
        Welcome welcome = welcome(installed("millrace"), elsewhere);
        assertThat(run("sh", "-c", welcome.order()))
                .contains("Authorization: Bearer token-of-customer-in-" + elsewhere);
    }

    @Test
    void saysWhereItRunsWhoThereIsAndHowItEnds() throws Exception {
        assertThat(printed(welcome(installed("millrace"), folder.resolve("millrace/data"))))
                .contains(
                        "Millrace runs at http://localhost:8080 (started in 31 s)",
                        "Demo users: " + String.join(", ", DemoTokens.USERS),
                        "A token of one: " + folder.resolve("millrace/millrace") + " token USER",
                        "Ctrl-C stops everything; the data are kept.");
    }

    @Test
    void saysThePasswordThatIsSet() throws Exception {
        Path home = installed("millrace");
        String start = "The shop's pulse is shown at http://localhost:8080/ to operator, password ";
        assertThat(printed(welcome(home, home.resolve("data")))).contains(start + "demo");
        EnvFile file = new EnvFile(Map.of("MILLRACE_IDENTITY_DEMOPASSWORD", "open sesame"), List.of());
        assertThat(printed(new Welcome(new Installation(home), Settings.of(home, file, Map.of()), URL)))
                .contains(start + "open sesame");
    }

    /** A stand-in for the script that says for whom, and on which data, a token is wanted. */
    private Path installed(String place) throws IOException {
        Path home = Files.createDirectories(folder.resolve(place));
        executable(
                home.resolve("millrace"),
                "#!/bin/sh\necho \"building\" >&2\necho \"$1-of-$2-in-${MILLRACE_DATA:-}\"\n");
        Path programs = Files.createDirectories(folder.resolve("bin"));
        executable(programs.resolve("curl"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        return home;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Welcome welcome(Path home, Path data) {
        Settings settings =
                Settings.of(home, new EnvFile(Map.of(), List.of()), Map.of("MILLRACE_DATA", data.toString()));
        return new Welcome(new Installation(home), settings, URL);
    }

    private static List<String> printed(Welcome welcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            welcome.print(out, Duration.ofMillis(31_900));
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static boolean isInstalled(String shell) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, shell)));
    }

    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("said").toFile());
        builder.environment().remove("MILLRACE_DATA");
        builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, bin) -> bin + path);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("said")))
                .isZero();
        return out;
    }
}
