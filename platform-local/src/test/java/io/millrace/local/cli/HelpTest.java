package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.millrace.local.DemoTokens;
import io.millrace.local.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The help texts say what the parser understands, and the script prints them. */
class HelpTest {

    /** Served by other modules. */
    private static final List<String> ELSEWHERE = List.of("check", "bench");

    private static final Map<String, String> EXAMPLES = Map.of(
            "NAME", "kafka",
            "USER", "customer",
            "LINES", "5",
            "N", "9000",
            "ADDRESS", "127.0.0.1");

    private static final Pattern OPTION = Pattern.compile("(?m)^ {2}((?:-\\S+(?:, )?)+)(?: ([A-Z]+))? {2,}");

    static Stream<String> own() {
        return Arrays.stream(Command.class.getPermittedSubclasses())
                .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT));
    }

    static Stream<String> all() {
        return Stream.concat(own(), ELSEWHERE.stream());
    }

    @ParameterizedTest
    @MethodSource("all")
    void existsForEveryCommand(String command) {
        assertThat(help(command)).startsWith("Usage: ./millrace " + command).endsWith("\n");
        assertThat(help("millrace")).containsPattern("(?m)^ {2}" + command + "\\b.* {2,}\\S");
    }

    @Test
    void listsNoCommandThatThereIsNot() {
        List<String> listed = matches(help("millrace"), "(?m)^ {2}(\\w+)(?: [A-Z]+)? {2,}");
        assertThat(listed).containsExactlyInAnyOrderElementsOf(all().toList());
    }

    @ParameterizedTest
    @MethodSource("own")
    void showsAUsageThatCanBeTyped(String command) {
        String usage = help(command).lines().findFirst().orElseThrow().replaceFirst("Usage: ./millrace ", "");
        assertThatNoException().as(usage).isThrownBy(() -> CommandLine.parse(words(usage.replaceAll("[\\[\\]]", ""))));
        assertThatNoException()
                .as(usage)
                .isThrownBy(() -> CommandLine.parse(words(usage.replaceAll(" \\[[^]]*]", ""))));
    }

    @ParameterizedTest
    @MethodSource("own")
    void explainsOptionsTheCommandUnderstands(String command) {
        String usage = help(command).lines().findFirst().orElseThrow().replaceFirst("Usage: ./millrace ", "");
        String required = usage.replaceAll(" \\[[^]]*]", "");
        List<String> inUsage = matches(usage, "\\[(-\\S+?)[] ]");
        List<String> explained = OPTION.matcher(help(command))
                .results()
                .flatMap(option -> Arrays.stream(option.group(1).split(", ", -1)))
                .toList();
        assertThat(explained).containsAll(inUsage);
        OPTION.matcher(help(command))
                .results()
                .flatMap(HelpTest::spellings)
                .forEach(option -> assertThatNoException()
                        .as(option)
                        .isThrownBy(() -> CommandLine.parse(words(required + " " + option))));
    }

    @Test
    void namesEveryDemoUser() {
        String users = help("token").replaceFirst("(?s).*Users:\\s*", "");
        List<String> named = users.lines()
                .map(String::strip)
                .map(line -> line.replaceFirst(" {2,}.*", ""))
                .flatMap(names -> Arrays.stream(names.split(", ", -1)))
                .toList();
        assertThat(named).containsExactlyElementsOf(DemoTokens.USERS);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isPrintedByTheScriptWithoutAJvm(String command) throws Exception {
        assertThat(script(0, command, "--help")).isEqualTo(help(command));
    }

    @Test
    void isPrintedAsAWholeToo() throws Exception {
        assertThat(script(0, "--help")).isEqualTo(help("millrace"));
        assertThat(script(0, "help")).isEqualTo(help("millrace"));
        assertThat(script(2)).isEqualTo(help("millrace"));
    }

    @Test
    void isPointedToByTheScriptWhenACommandIsUnknown() throws Exception {
        assertThat(script(2, "start"))
                .isEqualTo("millrace: no such command: start\n./millrace --help says what there is.\n");
        assertThat(script(2, "--fast"))
                .isEqualTo("millrace: no such option: --fast\n./millrace --help says what there is.\n");
    }

    @Test
    void fitsATerminal() {
        Stream.concat(Stream.of("millrace"), all())
                .flatMap(command -> help(command).lines())
                .forEach(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(120));
    }

    private static Stream<String> spellings(MatchResult option) {
        String value = option.group(2) == null ? "" : " " + option.group(2);
        return Arrays.stream(option.group(1).split(", ", -1)).map(name -> name + value);
    }

    /** An example in the place of each word in capitals. */
    private static List<String> words(String usage) {
        return Arrays.stream(usage.split(" ", -1))
                .map(word -> EXAMPLES.getOrDefault(word, word))
                .toList();
    }

    private static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String help(String command) {
        try (InputStream in = HelpTest.class.getResourceAsStream("help/" + command + ".txt")) {
            assertThat(in).as("help of " + command).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String script(int code, String... arguments) throws Exception {
        String script = Installation.current().script().toString();
        assertThat(Files.isExecutable(Installation.current().script())).isTrue();
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(script), Arrays.stream(arguments))
                        .toList())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }
}
