package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.data.DataDirectory;
import io.millrace.local.frontdoor.Routes;
import io.millrace.local.settings.EnvFile;
import io.millrace.local.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In containers the platform is the one that ./millrace runs: the same routes, settings and options. */
class ComposeAgreementTest {

    private static final ComposeFile COMPOSE = ComposeFile.read();
    private static final Path PROXY = ComposeFile.HOME.resolve("deploy/proxy");

    /** Told on one machine only, where ports are anybody's and addresses are the machine's own. */
    private static final Set<String> LOCAL =
            Set.of("SERVER_ADDRESS", "MANAGEMENT_SERVER_ADDRESS", "SERVER_TOMCAT_MAXKEEPALIVEREQUESTS");

    /** What identity and the provider are told on one machine with all others, and never look at. */
    private static final Set<String> UNUSED_OUTSIDE = Set.of(
            "MANAGEMENT_SERVER_PORT",
            "KAFKA_BOOTSTRAP_SERVERS",
            "MILLRACE_SECURITY_ISSUER",
            "MILLRACE_SECURITY_JWKSURI",
            "MILLRACE_TOPICS_RETENTIONBYTES");

    @TempDir
    Path folder;

    /** Those that have settings: a module that has none yet knows no variable. */
    static Stream<String> services() {
        return COMPOSE.built().keySet().stream()
                .filter(module ->
                        Files.exists(ComposeFile.HOME.resolve(module).resolve("src/main/resources/application.yml")));
    }

    @Test
    void leadsEveryRouteToAContainerTheProxyCanReach() {
        assertThat(Routes.standard().all())
                .isNotEmpty()
                .allSatisfy(route -> assertThat(COMPOSE.isReachable(route.service(), "edge"))
                        .as(route.service())
                        .isTrue());
        assertThat(ComposeFile.list(COMPOSE.service("proxy"), "volumes"))
                .asString()
                .contains("./platform-local/src/main/resources/io/millrace/local/frontdoor/routes.properties:");
    }

    @Test
    void makesALocationOfEveryRouteAndAllBelowIt() throws Exception {
        Path routes = ComposeFile.HOME.resolve(
                "platform-local/src/main/resources/io/millrace/local/frontdoor/routes.properties");
        String made = locations(routes, "identity=1234");
        for (Routes.Route route : Routes.standard().all()) {
            String port = route.service().equals("identity") ? "1234" : "8080";
            String body =
                    " {\n    set $service http://" + route.service() + ":" + port + ";\n    proxy_pass $service;\n}\n";
            if (route.path().equals("/")) {
                assertThat(made).contains("location /" + body);
            } else {
                assertThat(made).contains("location = " + route.path() + body, "location " + route.path() + "/" + body);
            }
        }
        assertThat(made).containsOnlyOnce("location / {");
    }

    @Test
    void sendsWhatNoOtherPathCoversToTheRootsServiceIfThereIsOne() throws Exception {
        Path routes = Files.writeString(folder.resolve("r"), "# all else\n/ = console\n\n/mail = mail\n");
        assertThat(locations(routes, "mail=8025")).isEqualTo("""
                        location / {
                            set $service http://console:8080;
                            proxy_pass $service;
                        }
                        location = /mail {
                            set $service http://mail:8025;
                            proxy_pass $service;
                        }
                        location /mail/ {
                            set $service http://mail:8025;
                            proxy_pass $service;
                        }
                        """);
    }

    @Test
    void refusesARouteThatItDoesNotUnderstand() throws Exception {
        Path routes = Files.writeString(folder.resolve("r"), "/api/orders = order-service\n/api/x; = y\n");
        Process process = script(routes, List.of()).start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said).contains(":2: not of the form /path = service: /api/x; = y");
    }

    @Test
    void tellsEveryProgramWhatItIsToldOnOneMachine() throws IOException {
        for (PlatformMember member : layout().members()) {
            if (!member.isFronted()) {
                continue; // broker and database are other programs there
            }
            boolean outside = member.name().equals(PlatformLayout.OUTSIDE);
            Set<String> told =
                    new TreeSet<>(member.spec().command().environment().keySet());
            told.removeAll(LOCAL);
            if (outside) {
                told.removeAll(UNUSED_OUTSIDE);
            }
            assertThat(COMPOSE.environment(member.name()).keySet())
                    .as(member.name())
                    .containsAll(told);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void tellsServicesOnlyWhatTheyUnderstand(String module) throws IOException {
        String settings = ComposeFile.text(module + "/src/main/resources/application.yml");
        List<String> sources = sources(module, "platform-web", "platform-messaging", "platform-telemetry");
        assertThat(COMPOSE.environment(COMPOSE.built().getOrDefault(module, "")).keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(settings.contains("${" + name + ":")
                                || Stream.of("SERVER_", "MANAGEMENT_SERVER_", "SPRING_DATASOURCE_")
                                        .anyMatch(name::startsWith)
                                || sources.stream().anyMatch(source -> isProperty(source, name)))
                        .as(name)
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"outside", "seed"})
    void tellsTheOutsideOnlyWhatItUnderstands(String service) throws IOException {
        List<String> sources = sources("identity", "traffic", "platform-local");
        assertThat(COMPOSE.environment(service).keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name.startsWith("SERVER_")
                                || sources.stream()
                                        .anyMatch(source -> source.contains("\"" + name + "\"")
                                                || source.contains("{@code " + name + "}")
                                                || isProperty(source, name)))
                        .as(name)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("services")
    void runsJvmsWithTheSameOptionsButForTheHeap(String service) {
        List<String> written = new ArrayList<>(ComposeFile.text("deploy/image/jvm.options")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
        // What a container's own command says comes later, and wins.
        List<String> own = COMPOSE.service(service).containsKey("command")
                ? ComposeFile.list(COMPOSE.service(service), "command").stream()
                        .map(String::valueOf)
                        .toList()
                : List.of();
        written.removeIf(option -> own.stream().anyMatch(other -> isSameOption(option, other)));
        written.addAll(own);
        Settings defaults = Settings.of(ComposeFile.HOME, new EnvFile(Map.of(), List.of()), Map.of());
        List<String> local = new JvmOptions(defaults)
                .of(service, service, folder).stream()
                        .filter(option -> !option.startsWith("-Xmx")
                                && !option.startsWith("-XX:ErrorFile=")
                                && !option.startsWith("-Dmillrace.process="))
                        .toList();
        assertThat(written).containsAll(local).anyMatch(option -> option.startsWith("-XX:MaxRAMPercentage="));
    }

    private static boolean isSameOption(String one, String other) {
        return one.contains("=") && other.startsWith(one.substring(0, one.indexOf('=') + 1));
    }

    /** The image's own default is both compilers. */
    @Test
    void compilesTheBrokersAsTheOneBrokerIsCompiled() {
        Settings defaults = Settings.of(ComposeFile.HOME, new EnvFile(Map.of(), List.of()), Map.of());
        assertThat(new JvmOptions(defaults).added("kafka")).containsExactly("-XX:TieredStopAtLevel=4");
        assertThat(COMPOSE.environment("kafka-1").get("KAFKA_JVM_PERFORMANCE_OPTS"))
                .isNotBlank()
                .doesNotContain("TieredStopAtLevel");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "shop.example, ' shop.example'",
        "' Shop.example , [fd00::1],10.0.0.7', ' shop.example [fd00::1] 10.0.0.7'"
    })
    void isCalledByTheNamesThatTheFrontDoorIsCalledBy(String setting, String added) throws Exception {
        assertThat(output(hosts(setting))).isEqualTo("server_name localhost 127.0.0.1 [::1] proxy" + added + ";\n");
        assertThat(ComposeFile.text("deploy/proxy/nginx.conf")).contains("include /tmp/hosts.conf;", "return 421 ");
        assertThat(COMPOSE.environment("proxy")).containsEntry("MILLRACE_HOSTS", "${MILLRACE_HOSTS:-}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://shop.example", "shop.example:8080", "*.example", "~^.*$", "a; return 200", "a b", "."})
    void isCalledByNothingThatIsNoName(String setting) throws Exception {
        Process process = hosts(setting).start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said).contains("MILLRACE_HOSTS must be host names without ports, separated by commas");
        EnvFile file = new EnvFile(Map.of("MILLRACE_HOSTS", setting), List.of());
        assertThatThrownBy(() -> Settings.of(folder, file, Map.of()))
                .hasMessageContaining("MILLRACE_HOSTS must be host names without ports, separated by commas");
    }

    private static ProcessBuilder hosts(String setting) {
        return new ProcessBuilder("sh", PROXY.resolve("hosts.sh").toString(), setting);
    }

    private String locations(Path routes, String... ports) throws Exception {
        return output(script(routes, List.of(ports)));
    }

    private static String output(ProcessBuilder script) throws Exception {
        Process process = script.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String made = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return made;
    }

    private static ProcessBuilder script(Path routes, List<String> ports) {
        List<String> command = Stream.concat(
                        Stream.of("sh", PROXY.resolve("routes.sh").toString(), routes.toString()), ports.stream())
                .toList();
        return new ProcessBuilder(command);
    }

    private PlatformLayout layout() throws IOException {
        for (String service : PlatformLayout.SERVICES) {
            Path target = Files.createDirectories(folder.resolve("home/" + service + "/target"));
            Files.createFile(target.resolve(service + "-1.jar"));
        }
        Path home = folder.resolve("home");
        Settings base = Settings.of(home, new EnvFile(Map.of(), List.of()), Map.of());
        DataDirectory data = new DataDirectory(folder.resolve("data"));
        data.create();
        PlatformSettings settings = PlatformSettings.of(new Installation(home), base);
        return new PlatformLayout(settings, data, URI.create("http://localhost:8080"));
    }

    /** Whether a source is of the properties that a variable belongs to in Spring Boot's spelling. */
    private static boolean isProperty(String source, String name) {
        var prefix =
                Pattern.compile("@ConfigurationProperties\\(\"([a-z.-]+)\"\\)").matcher(source);
        if (!prefix.find()) {
            return false;
        }
        String group = prefix.group(1).replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT) + "_";
        return name.startsWith(group)
                && Pattern.compile("\\b" + name.substring(group.length()) + "\\b", Pattern.CASE_INSENSITIVE)
                        .matcher(source)
                        .find();
    }

    private static List<String> sources(String... modules) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String module : modules) {
            try (Stream<Path> files =
                    Files.walk(ComposeFile.HOME.resolve(module).resolve("src/main/java"))) {
                found.addAll(
                        files.filter(file -> file.toString().endsWith(".java")).toList());
            }
        }
        return found.stream().map(ComposeAgreementTest::read).toList();
    }

    private static String read(Path file) {
        return ComposeFile.text(ComposeFile.HOME.relativize(file).toString());
    }
}
