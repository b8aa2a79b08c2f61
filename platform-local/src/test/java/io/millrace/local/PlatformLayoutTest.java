package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.Secrets;
import io.millrace.local.settings.EnvFile;
import io.millrace.local.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformLayoutTest {

    @TempDir
    Path folder;

    private DataDirectory data;

    @BeforeEach
    void build() throws IOException {
        data = new DataDirectory(folder.resolve("data"));
        data.create();
        for (String service : PlatformLayout.SERVICES) {
            Path target = Files.createDirectories(
                    folder.resolve("home").resolve(service).resolve("target"));
            Files.createFile(target.resolve(service + "-1.jar"));
        }
    }

    @Test
    void startsWhatOthersNeedFirst() {
        assertThat(layout(Map.of(), Map.of()).members())
                .extracting(PlatformMember::name)
                .containsExactly(
                        "postgres",
                        "kafka",
                        "outside",
                        "order-service",
                        "inventory-service",
                        "fraud-service",
                        "recommendation-service",
                        "monitoring-service");
    }

    @Test
    void givesEachOfManyInstancesItsOwnNamePortsStateAndTheSameDatabase() {
        List<PlatformMember> members =
                layout(Map.of(), Map.of("fraud-service", 2)).members();
        PlatformMember first = member(members, "fraud-service");
        PlatformMember second = member(members, "fraud-service-2");
        assertThat(second.service()).isEqualTo("fraud-service");
        assertThat(environment(first)).containsEntry("FRAUD_INSTANCE_ID", "fraud-service");
        assertThat(environment(second)).containsEntry("FRAUD_INSTANCE_ID", "fraud-service-2");
        assertThat(environment(second).get("FRAUD_STATE_DIR"))
                .isNotEqualTo(environment(first).get("FRAUD_STATE_DIR"));
        assertThat(environment(second).get("SPRING_DATASOURCE_URL"))
                .isEqualTo(environment(first).get("SPRING_DATASOURCE_URL"));
        assertThat(second.spec().log()).isNotEqualTo(first.spec().log());
    }

    @Test
    void givesNoPortTwice() {
        List<PlatformMember> members = layout(
                        Map.of(), Map.of("order-service", 3, "inventory-service", 3, "fraud-service", 3))
                .members();
        assertThat(members.stream()
                        .flatMap(member -> Stream.concat(
                                Stream.of(member.port(), member.managementPort()), member.besides().values().stream()))
                        .filter(port -> port != 0))
                .hasSize(2 + 2 + (9 + 2) * 2)
                .doesNotHaveDuplicates();
    }

    @Test
    void frontsTheServicesAndIdentityOnly() {
        assertThat(layout(Map.of(), Map.of()).members().stream()
                        .filter(PlatformMember::isFronted)
                        .map(PlatformMember::service))
                .containsExactly(
                        "identity",
                        "order-service",
                        "inventory-service",
                        "fraud-service",
                        "recommendation-service",
                        "monitoring-service");
        assertThat(member(layout(Map.of(), Map.of()).members(), "outside").besides())
                .containsOnlyKeys("mail");
    }

    @Test
    void letsServicesListenOnThisMachineOnly() {
        assertThat(services(layout(Map.of(), Map.of())))
                .allSatisfy(service -> assertThat(environment(service))
                        .containsEntry("SERVER_ADDRESS", "127.0.0.1")
                        .containsEntry("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1")
                        .containsEntry("SERVER_PORT", Integer.toString(service.port()))
                        .containsEntry("MANAGEMENT_SERVER_PORT", Integer.toString(service.managementPort()))
                        .containsEntry("MILLRACE_SECURITY_ISSUER", "http://localhost:8080/identity"));
    }

    /** Everybody on the machine can read the command lines of all processes; the environment is its owner's. */
    @Test
    void keepsSecretsOutOfCommandLines() throws IOException {
        PlatformLayout layout = layout(Map.of(), Map.of());
        List<String> secrets;
        try (Stream<Path> files = Files.list(data.keys())) {
            secrets = files.map(file ->
                            new Secrets(data.keys()).of(file.getFileName().toString()))
                    .toList();
        }
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(5);
        assertThat(layout.members())
                .allSatisfy(member -> assertThat(
                                String.join(" ", member.spec().command().command()))
                        .doesNotContain(secrets));
    }

    @Test
    void tellsBothSidesOfACallbackTheSameSecret() {
        PlatformLayout layout = layout(Map.of(), Map.of());
        assertThat(environment(member(layout.members(), "order-service")).get("PAYMENT_CALLBACK_SECRET"))
                .isEqualTo(environment(member(layout.members(), "outside")).get("MILLRACE_PROVIDER_CALLBACK_SECRET"))
                .isNotBlank();
    }

    @Test
    void passesOnWhatTheSettingsFileSaysAndLetsTheCallersVariablesWin() {
        PlatformLayout layout = new PlatformLayout(
                settings(Map.of("MILLRACE_ORDERS_X", "file", "SPRING_DATASOURCE_USERNAME", "file"), Map.of())
                        .withEnvironment("order-service", "MILLRACE_ORDERS_Y", "caller")
                        .withEnvironment("order-service", "SERVER_TOMCAT_THREADS_MAX", "7"),
                data,
                URI.create("http://localhost:8080"));
        assertThat(environment(member(layout.members(), "order-service")))
                .containsEntry("MILLRACE_ORDERS_X", "file")
                .containsEntry("MILLRACE_ORDERS_Y", "caller")
                .containsEntry("SERVER_TOMCAT_THREADS_MAX", "7")
                .as("what the platform itself decides")
                .containsEntry("SPRING_DATASOURCE_USERNAME", "orders");
        assertThat(environment(member(layout.members(), "fraud-service")))
                .containsEntry("MILLRACE_ORDERS_X", "file")
                .doesNotContainKey("MILLRACE_ORDERS_Y");
    }

    @Test
    void givesEveryInstanceOfAServiceTheHeapOfThatService() {
        List<PlatformMember> members = layout(
                        Map.of("MILLRACE_HEAP_ORDER_SERVICE", "300MiB"), Map.of("order-service", 2))
                .members();
        assertThat(member(members, "order-service").spec().command().command()).contains("-Xmx300m");
        assertThat(member(members, "order-service-2").spec().command().command())
                .contains("-Xmx300m", "-Dmillrace.process=order-service-2");
    }

    @Test
    void leavesTopicsHalfOfTheDataLimit() {
        long retention = Long.parseLong(environment(member(
                        layout(Map.of("MILLRACE_DATA_LIMIT", "12GiB"), Map.of()).members(), "order-service"))
                .get("MILLRACE_TOPICS_RETENTIONBYTES"));
        assertThat(retention).isEqualTo(6L * 1024 * 1024 * 1024 / 60);
    }

    @Test
    void saysWhichModuleHasNotBeenBuilt() throws IOException {
        Files.delete(folder.resolve("home/fraud-service/target/fraud-service-1.jar"));
        assertThatThrownBy(() -> layout(Map.of(), Map.of()))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("fraud-service has not been built");
    }

    @Test
    void hasAtLeastOneInstanceOfEachService() {
        assertThatThrownBy(() -> settings(Map.of(), Map.of()).withInstances("order-service", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<PlatformMember> services(PlatformLayout layout) {
        return layout.members().stream()
                .filter(member -> PlatformLayout.SERVICES.contains(member.service()))
                .toList();
    }

    private static PlatformMember member(List<PlatformMember> members, String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static Map<String, String> environment(PlatformMember member) {
        return member.spec().command().environment();
    }

    private PlatformLayout layout(Map<String, String> file, Map<String, Integer> instances) {
        return new PlatformLayout(settings(file, instances), data, URI.create("http://localhost:8080"));
    }

    private PlatformSettings settings(Map<String, String> file, Map<String, Integer> instances) {
        Path home = folder.resolve("home");
        PlatformSettings settings =
                PlatformSettings.of(new Installation(home), Settings.of(home, new EnvFile(file, List.of()), Map.of()));
        for (Map.Entry<String, Integer> instance : instances.entrySet()) {
            settings = settings.withInstances(instance.getKey(), instance.getValue());
        }
        return settings;
    }
}
