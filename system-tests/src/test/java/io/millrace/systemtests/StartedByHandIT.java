package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.Installation;
import io.millrace.systemtests.shop.Answer;
import io.millrace.systemtests.shop.ShopClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The platform as a person starts it: by the script, in a terminal, pasting what it prints. The tests are the steps of one
 * visit, in their order, as a start takes its time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StartedByHandIT {

    private static final Duration START = Duration.ofMinutes(4);
    private static final String SCRIPT =
            Installation.current().home().resolve("millrace").toString();

    @TempDir
    static Path folder;

    private static Path data;
    private static int port;
    private static Process up;

    @BeforeAll
    static void start() throws IOException {
        data = folder.resolve("data");
        port = freePort();
        up = up("up.log");
        awaitRunning(up, "up.log");
    }

    @AfterAll
    static void stop() throws Exception {
        millrace("down");
        up.waitFor(1, TimeUnit.MINUTES);
    }

    @Test
    @Order(1)
    void confirmsTheOrderWhosePrintedCurlIsPasted() throws Exception {
        String printed = Files.readString(folder.resolve("up.log"));
        assertThat(printed.lines().filter(line -> line.startsWith("curl"))).hasSize(1);
        Said placed = run(List.of("sh", "-c", curl(printed)), folder);
        assertThat(placed.text).contains("201").contains("Location: /api/orders/");
        UUID id = UUID.fromString(placed.text.replaceFirst("(?s).*Location: /api/orders/([0-9a-f-]{36}).*", "$1"));
        String token = token("customer");
        try (ShopClient shop = shop()) {
            Answer order = shop.await(token, id, "CONFIRMED", Duration.ofSeconds(60));
            assertThat(order.text("status")).isEqualTo("CONFIRMED");
            assertThat(shop.order(token("customer2"), id).status()).isEqualTo(404);
        }
    }

    @Test
    @Order(2)
    void placesAnotherOrderWhenTheCurlIsPastedAgain() throws Exception {
        String curl = curl(Files.readString(folder.resolve("up.log")));
        Said first = run(List.of("sh", "-c", curl), folder);
        Said second = run(List.of("sh", "-c", curl), folder);
        assertThat(second.text.replaceFirst("(?s).*Location: (\\S+).*", "$1"))
                .isNotEqualTo(first.text.replaceFirst("(?s).*Location: (\\S+).*", "$1"));
    }

    @Test
    @Order(3)
    void tellsFromAnotherTerminalHowItDoes() throws Exception {
        Said status = millrace("status");
        assertThat(status.code).isZero();
        assertThat(status.text)
                .contains("postgres", "kafka", "outside", "order-service", "inventory-service", "fraud-service")
                .contains("http://localhost:" + port);
    }

    @Test
    @Order(4)
    void refusesASecondStartOnTheSameData() throws Exception {
        Said second = millrace("up", "--no-traffic", "--port", Integer.toString(freePort()));
        assertThat(second.code).isNotZero();
        assertThat(second.text).contains("already runs");
    }

    @Test
    @Order(5)
    void findsItsOrdersAgainAfterDownAndUp() throws Exception {
        Said placed = run(List.of("sh", "-c", curl(Files.readString(folder.resolve("up.log")))), folder);
        UUID id = UUID.fromString(placed.text.replaceFirst("(?s).*Location: /api/orders/([0-9a-f-]{36}).*", "$1"));
        assertThat(millrace("down").code).isZero();
        assertThat(up.waitFor(2, TimeUnit.MINUTES)).isTrue();
        up = up("again.log");
        awaitRunning(up, "again.log");
        try (ShopClient shop = shop()) {
            Answer order = shop.await(token("customer"), id, "CONFIRMED", Duration.ofSeconds(60));
            assertThat(order.text("status")).isEqualTo("CONFIRMED");
        }
    }

    @Test
    @Order(6)
    void stopsWhatAKilledSupervisorLeftBehind() throws Exception {
        List<ProcessHandle> children = new ArrayList<>(up.descendants().toList());
        assertThat(children).isNotEmpty();
        up.destroyForcibly().waitFor();
        assertThat(millrace("down").code).isZero();
        await().atMost(Duration.ofSeconds(60)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static Process up(String log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(SCRIPT, "up", "--no-traffic", "--port", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("MILLRACE_DATA", data.toString());
        return builder.start();
    }

    private static void awaitRunning(Process process, String log) {
        await().atMost(START).pollInterval(Duration.ofMillis(500)).until(() -> {
            String said = Files.readString(folder.resolve(log));
            assertThat(process.isAlive()).as(said).isTrue();
            return said.contains("Ctrl-C stops everything");
        });
    }

    /** The one line that begins with curl, and those that continue it. */
    private static String curl(String printed) {
        StringBuilder command = new StringBuilder();
        boolean inside = false;
        for (String line : printed.lines().toList()) {
            inside = inside || line.startsWith("curl");
            if (inside) {
                command.append(line).append('\n');
                if (!line.endsWith("\\")) {
                    return command.toString();
                }
            }
        }
        return command.toString();
    }

    private static ShopClient shop() {
        return new ShopClient(URI.create("http://localhost:" + port), user -> user);
    }

    private static String token(String user) throws IOException, InterruptedException {
        Said said = millrace("token", user);
        assertThat(said.code).as(said.text).isZero();
        List<String> lines = said.text.lines().toList();
        return lines.getLast();
    }

    private record Said(int code, String text) {}

    private static Said millrace(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPT));
        command.addAll(List.of(arguments));
        return run(command, folder);
    }

    private static Said run(List<String> command, Path in) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().put("MILLRACE_DATA", data.toString());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
