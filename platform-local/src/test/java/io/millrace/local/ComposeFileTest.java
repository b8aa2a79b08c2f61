package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What docker-compose.yml, the Dockerfile and their scripts promise, as far as that is seen without Docker. */
class ComposeFileTest {

    private static final ComposeFile COMPOSE = ComposeFile.read();
    private static final List<String> BROKERS = List.of("kafka-1", "kafka-2", "kafka-3");
    private static final Set<String> ONE_SHOTS = Set.of("databases", "seed");
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-(.*)}");

    static Stream<String> longRunning() {
        return COMPOSE.services().keySet().stream().filter(name -> !ONE_SHOTS.contains(name));
    }

    static Stream<String> programs() {
        return COMPOSE.built().values().stream().filter(name -> !name.equals("outside"));
    }

    @Test
    void opensOneDoorToThisMachineAlone() {
        assertThat(COMPOSE.services())
                .allSatisfy((name, service) -> assertThat(ComposeFile.list(service, "ports"))
                        .hasSize(name.equals("proxy") ? 1 : 0)
                        .allSatisfy(port -> assertThat((String) port).startsWith("127.0.0.1:")));
    }

    @ParameterizedTest
    @MethodSource("longRunning")
    void boundsAndWatchesEverythingThatStays(String name) {
        Map<?, ?> service = COMPOSE.service(name);
        assertThat(service.get("restart")).isEqualTo("unless-stopped");
        assertThat(service.get("mem_limit")).isNotNull();
        assertThat(service.get("stop_grace_period")).isNotNull();
        assertThat(ComposeFile.list(ComposeFile.map(service, "healthcheck"), "test"))
                .isNotEmpty();
        assertThat(ComposeFile.map(ComposeFile.map(service, "logging"), "options")
                        .get("max-size"))
                .isNotNull();
    }

    @Test
    void takesImagesByTagAndBuildsOnlyOurOwn() {
        assertThat(COMPOSE.services().values()).allSatisfy(service -> {
            assertThat((String) service.get("image"))
                    .matches("(apache/kafka:4\\.3\\.1|postgres:18|nginx:1|millrace/[a-z-]+)");
            assertThat(service.get("pull_policy")).isNull();
        });
        assertThat(ComposeFile.text("deploy/Dockerfile")).doesNotContain("# syntax", "@sha256");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void startsAServiceOnceBrokersDatabaseAndIdentityAreHealthy(String name) {
        Map<?, ?> needed = ComposeFile.map(COMPOSE.service(name), "depends_on");
        for (String other : List.of("kafka-1", "kafka-2", "kafka-3", "postgres", "outside")) {
            assertThat(ComposeFile.map(needed, other).get("condition")).isEqualTo("service_healthy");
        }
        assertThat(ComposeFile.map(needed, "databases").get("condition")).isEqualTo("service_completed_successfully");
        assertThat(COMPOSE.environment(name).get("KAFKA_BOOTSTRAP_SERVERS"))
                .isEqualTo(String.join(":9092,", BROKERS) + ":9092");
    }

    @Test
    void runsThreeBrokersThatSurviveTheLossOfOne() {
        String voters = COMPOSE.environment("kafka-1").get("KAFKA_CONTROLLER_QUORUM_VOTERS");
        assertThat(voters).isEqualTo("1@kafka-1:9093,2@kafka-2:9093,3@kafka-3:9093");
        for (int number = 1; number <= BROKERS.size(); number++) {
            Map<String, String> broker = COMPOSE.environment(BROKERS.get(number - 1));
            assertThat(broker)
                    .containsEntry("KAFKA_NODE_ID", String.valueOf(number))
                    .containsEntry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka-" + number + ":9092")
                    .containsEntry("KAFKA_CONTROLLER_QUORUM_VOTERS", voters)
                    .containsEntry("KAFKA_LOG_DIRS", "/var/lib/kafka/data")
                    .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
            // Whatever is replicated: by default, and what Kafka keeps for itself.
            assertThat(broker).allSatisfy((name, value) -> {
                if (name.endsWith("REPLICATION_FACTOR")) {
                    assertThat(value).as(name).isEqualTo("3");
                }
                if (name.endsWith("MIN_ISR") || name.equals("KAFKA_MIN_INSYNC_REPLICAS")) {
                    assertThat(value).as(name).isEqualTo("2");
                }
            });
            assertThat(broker.keySet().stream().filter(name -> name.endsWith("REPLICATION_FACTOR")))
                    .hasSize(4);
            assertThat(ComposeFile.list(COMPOSE.service(BROKERS.get(number - 1)), "volumes"))
                    .asString()
                    .isEqualTo("[kafka-" + number + ":/var/lib/kafka/data]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "outside, MILLRACE_IDENTITY_DEMOSECRET, 32",
        "outside, MILLRACE_PROVIDER_CALLBACK_SECRET, 16",
        "order-service, PAYMENT_CALLBACK_SECRET, 16",
        "order-service, ORDER_FRAUD_HASH_KEY, 16"
    })
    void hasSecretsAsLongAsProgramsWantThem(String service, String variable, int least) {
        Matcher written = DEFAULT.matcher(COMPOSE.environment(service).getOrDefault(variable, ""));
        assertThat(written.matches()).isTrue();
        assertThat(written.group(1)).hasSizeGreaterThanOrEqualTo(least);
    }

    @Test
    void givesAServiceWithADatabaseARoleOfItsOwn() {
        String script = ComposeFile.text("deploy/postgres/databases.sh");
        List<String> roles = programs()
                .map(COMPOSE::environment)
                .filter(environment -> environment.containsKey("SPRING_DATASOURCE_URL"))
                .map(environment -> {
                    String role = environment.getOrDefault("SPRING_DATASOURCE_USERNAME", "");
                    assertThat(environment)
                            .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://postgres:5432/" + role);
                    assertThat(environment.get("SPRING_DATASOURCE_PASSWORD"))
                            .isEqualTo(COMPOSE.environment("databases")
                                    .get("MILLRACE_DB_PASSWORD_" + role.toUpperCase(Locale.ROOT)));
                    return role;
                })
                .toList();
        assertThat(roles).hasSize(4).doesNotHaveDuplicates();
        assertThat(roles).allSatisfy(role -> assertThat(script).contains("service " + role));
    }

    /** The image's own means run in a first start only: what that did not do would be missing for ever. */
    @Test
    void makesDatabasesBySomethingThatIsRunAgainAtEveryUp() {
        assertThat(ComposeFile.list(COMPOSE.service("postgres"), "volumes"))
                .asString()
                .doesNotContain("databases.sh")
                .contains("./deploy/postgres/start.sh:", "./deploy/postgres/completed.sh:/docker-entrypoint-initdb.d/");
        Map<?, ?> databases = COMPOSE.service("databases");
        assertThat(databases.get("restart")).isEqualTo("no");
        assertThat(databases.get("mem_limit")).isNotNull();
        assertThat(ComposeFile.list(databases, "volumes")).asString().contains("./deploy/postgres/databases.sh:");
        assertThat(COMPOSE.environment("databases").get("PGPASSWORD"))
                .isEqualTo(COMPOSE.environment("postgres").get("POSTGRES_PASSWORD"));
        assertThat(ComposeFile.text("deploy/postgres/databases.sh").lines())
                .filteredOn(line -> line.startsWith("CREATE"))
                .isEmpty();
    }

    @Test
    void buildsEveryProgramWhicheverWayJarsAreMade() {
        String docker = ComposeFile.text("deploy/Dockerfile");
        String ignored = ComposeFile.text(".dockerignore");
        String layers = ComposeFile.text("deploy/image/layers.sh");
        assertThat(COMPOSE.built().keySet())
                .contains("platform-local")
                .containsAll(PlatformLayout.SERVICES)
                .allSatisfy(module -> {
                    assertThat(docker).containsPattern("-pl [a-z,-]*\\b" + module + "\\b");
                    assertThat(ignored).contains("!" + module + "/target/*.jar", "!" + module + "/target/lib");
                    assertThat(layers).contains(module);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "sh, deploy/image/layers.sh",
        "sh, deploy/image/token",
        "bash, deploy/image/health",
        "bash, deploy/postgres/completed.sh",
        "bash, deploy/postgres/databases.sh",
        "bash, deploy/postgres/start.sh",
        "sh, deploy/proxy/hosts.sh",
        "sh, deploy/proxy/routes.sh",
        "sh, deploy/proxy/start.sh"
    })
    void hasScriptsThatTheirShellsUnderstand(String shell, String script) throws Exception {
        Process process = new ProcessBuilder(
                        shell, "-n", ComposeFile.HOME.resolve(script).toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
