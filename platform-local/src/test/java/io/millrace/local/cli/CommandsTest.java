package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.millrace.local.Installation;
import io.millrace.local.cli.Terminal.Said;
import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.PidFiles;
import io.millrace.local.data.PlatformLock;
import io.millrace.local.data.PlatformState;
import io.millrace.local.data.Secrets;
import io.millrace.local.process.ProcessMark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say and do where no platform runs, where one seems to, and where a killed one has left things behind. */
class CommandsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private DataDirectory data;
    private Terminal terminal;
    private int nowhere;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            nowhere = free.getLocalPort();
        }
        data = new DataDirectory(folder.resolve("data"));
        terminal = new Terminal(data.root());
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void saysHowToStartWhatDoesNotRun() {
        Said status = terminal.type("status");
        assertThat(status.code()).isEqualTo(3);
        assertThat(status.out()).isEqualToIgnoringNewLines("Millrace does not run: start it by ./millrace up");

        Said token = terminal.type("token customer");
        assertThat(token.code()).isEqualTo(1);
        assertThat(token.err()).isEqualToIgnoringNewLines("millrace: Millrace does not run: start it by ./millrace up");
        assertThat(token.out()).isEmpty();

        Said logs = terminal.type("logs order-service");
        assertThat(logs.code()).isEqualTo(1);
        assertThat(logs.err()).contains("there are no logs yet").contains("./millrace up");
    }

    @Test
    void hasNothingToStopWhereNothingRuns() {
        Said down = terminal.type("down");
        assertThat(down.code()).isZero();
        assertThat(down.out()).isEqualToIgnoringNewLines("Millrace does not run: nothing to stop");
        assertThat(data.root()).doesNotExist();
    }

    @Test
    void leavesAFolderAloneThatIsNotADataDirectory() throws Exception {
        Files.createDirectories(data.root());
        Path thesis = Files.writeString(data.root().resolve("thesis.txt"), "ten years of work");
        assertThat(terminal.type("status").code()).isEqualTo(3);
        assertThat(terminal.type("down").code()).isZero();
        Said reset = terminal.type("reset --yes");
        assertThat(reset.code()).isEqualTo(1);
        assertThat(reset.err()).contains("is not a data directory of Millrace: nothing deleted");
        assertThat(data.root()).isDirectoryContaining(file -> file.equals(thesis));
        try (var files = Files.list(data.root())) {
            assertThat(files).containsExactly(thesis);
        }
    }

    @Test
    void deletesDataOnlyWhenThatIsConfirmed() {
        data.create();
        Said unconfirmed = terminal.type("reset");
        assertThat(unconfirmed.code()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("--yes");
        assertThat(data.isOurs()).isTrue();

        Said reset = terminal.type("reset --yes");
        assertThat(reset.code()).isZero();
        assertThat(reset.out()).contains("deleted " + data.root());
        assertThat(data.root()).doesNotExist();

        Said again = terminal.type("reset --yes");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("there are no data in " + data.root());
    }

    @ParameterizedTest
    @ValueSource(strings = {"up --fast", "logs", "token", "nonsense", "reset --force", "token nobody"})
    void pointsToTheHelpWhenItDoesNotUnderstand(String line) {
        Said said = terminal.type(line);
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).startsWith("millrace: ").contains("./millrace --help says what there is.");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void namesTheUsersThereAreWhenOneIsUnknown() {
        assertThat(terminal.type("token nobody").err())
                .contains("no such user: nobody; there are customer, customer2, operator, analyst, admin, shop");
    }

    @Test
    void namesTheLogsThereAreWhenOneIsUnknown() throws Exception {
        data.create();
        Files.writeString(data.log("kafka"), "a line\n");
        Files.writeString(data.log("order-service"), "a line\n");
        Files.writeString(Path.of(data.log("order-service") + ".1"), "set aside\n");
        Said logs = terminal.type("logs zookeeper");
        assertThat(logs.code()).isEqualTo(2);
        assertThat(logs.err()).contains("no log of zookeeper; there are kafka, order-service");
        assertThat(terminal.type("logs ../keys/demo-secret").code()).isEqualTo(2);
    }

    @Test
    void saysEveryProblemOfTheSettings() {
        Said status = terminal.with("MILLRACE_PORT", "http")
                .with("MILLRACE_LOG_SIZE", "large")
                .type("status");
        assertThat(status.code()).isEqualTo(2);
        assertThat(status.err())
                .contains("MILLRACE_PORT must be a port from 1 to 65535, was http")
                .contains("MILLRACE_LOG_SIZE must be a size such as 10GiB or 64MiB, was large");
    }

    @Test
    void showsTheEndOfALog() throws Exception {
        data.create();
        Files.writeString(data.log("kafka"), "first\nsecond\nthird\n");
        // In a JVM of its own: tail writes to what that JVM's output is.
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dmillrace.home=" + Installation.current().home(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "logs",
                        "kafka",
                        "-n",
                        "2")
                .redirectErrorStream(true);
        builder.environment().put("MILLRACE_DATA", data.root().toString());
        Process logs = builder.start();
        processes.add(logs);
        assertThat(new String(logs.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("second\nthird\n");
        assertThat(logs.waitFor()).isZero();
    }

    @Test
    void tellsHowEveryProcessDoes() {
        data.create();
        ProcessMark self = ProcessMark.of(ProcessHandle.current()).orElseThrow();
        Instant started = Instant.now().minus(Duration.ofHours(26)).minusSeconds(60);
        PlatformState.Entry kafka = new PlatformState.Entry("kafka", "ready", true, self.pid(), started, 3, 40001, 0);
        PlatformState.Entry orders =
                new PlatformState.Entry("order-service", "restarting", false, 0, Instant.EPOCH, 0, 40002, 40003);
        write(self, List.of(kafka));
        Said ready = terminal.type("status");
        assertThat(ready.code()).isZero();
        assertThat(line(ready, "kafka"))
                .matches("kafka +" + self.pid() + " +ready +3 +26h1m +[\\d.]+ [MG]iB +40001 +-");
        assertThat(line(ready, "front door"))
                .contains(Long.toString(self.pid()))
                .matches(".* +" + nowhere + " +-");
        assertThat(ready.out()).contains("address  http://localhost:" + nowhere).contains("10.0 GiB in " + data.root());

        write(self, List.of(kafka, orders));
        Said restarting = terminal.type("status");
        assertThat(restarting.code()).isEqualTo(3);
        assertThat(line(restarting, "order-service"))
                .matches("order-service +- +restarting +0 +- +0 KiB +40002 +40003");
    }

    @Test
    void doesNotTakeAKilledSupervisorsNotesForARunningPlatform() throws Exception {
        data.create();
        Process supervisor = sleeping();
        ProcessMark mark = ProcessMark.of(supervisor.toHandle()).orElseThrow();
        supervisor.destroyForcibly().waitFor();
        write(mark, List.of());
        Process left = sleeping();
        new PidFiles(data.run()).write("kafka", ProcessMark.of(left.toHandle()).orElseThrow());

        Said status = terminal.type("status");
        assertThat(status.code()).isEqualTo(3);
        assertThat(status.out())
                .contains("Millrace does not run")
                .contains("kafka was left behind as process " + left.pid() + ": ./millrace down stops it");
        assertThat(terminal.type("token customer").code()).isEqualTo(1);

        Said down = terminal.type("down");
        assertThat(down.code()).isZero();
        assertThat(down.out()).contains("stopped what a killed supervisor had left behind: kafka");
        assertThat(left.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(data.state()).doesNotExist();
        assertThat(terminal.type("down").out()).contains("nothing to stop");
    }

    @Test
    void stopsARunningSupervisor() throws Exception {
        data.create();
        Process supervisor = sleeping();
        write(ProcessMark.of(supervisor.toHandle()).orElseThrow(), List.of());
        Said down = terminal.type("down");
        assertThat(down.code()).isZero();
        assertThat(down.out()).contains("stopping process " + supervisor.pid()).contains("the data are kept");
        assertThat(supervisor.isAlive()).isFalse();
        assertThat(data.isOurs()).isTrue();
    }

    @Test
    void stopsNoStrangerThatHasTheSupervisorsNumberNow() throws Exception {
        data.create();
        Process stranger = sleeping();
        ProcessMark mark = ProcessMark.of(stranger.toHandle()).orElseThrow();
        write(new ProcessMark(mark.pid(), mark.birth() + "0"), List.of());
        new PidFiles(data.run()).write("kafka", new ProcessMark(mark.pid(), mark.birth() + "0"));
        assertThat(terminal.type("status").out()).contains("does not run").doesNotContain("left behind");
        assertThat(terminal.type("down").out()).contains("nothing to stop");
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void waitsForNobodyWhoIsStartingOrStopping() {
        data.create();
        try (PlatformLock _ = PlatformLock.take(data.lock()).orElseThrow()) {
            Said down = terminal.type("down");
            assertThat(down.code()).isEqualTo(1);
            assertThat(down.err()).contains("is being started or stopped elsewhere: try again");
            Said reset = terminal.type("reset --yes");
            assertThat(reset.code()).isEqualTo(1);
            assertThat(data.isOurs()).isTrue();
        }
    }

    @Test
    void printsATokenAndNothingElse() throws Exception {
        data.create();
        String secret = new Secrets(data.keys()).of("demo-secret");
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(("analyst:" + secret).getBytes(StandardCharsets.UTF_8));
        HttpServer identity = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        identity.createContext("/identity/oauth2/token", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean right = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    && form.equals("grant_type=client_credentials");
            byte[] answer =
                    "{\"access_token\":\"eyJ.abc.def\",\"token_type\":\"Bearer\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(right ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        identity.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + identity.getAddress().getPort());
            new PlatformState(ProcessMark.of(ProcessHandle.current()).orElseThrow(), url, List.of())
                    .write(data.state());
            assertThat(terminal.type("token analyst").out()).isEqualToNormalizingNewlines("eyJ.abc.def\n");
            Said refused = terminal.type("token customer");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("identity gives no token to customer: HTTP 401");
        } finally {
            identity.stop(0);
        }
    }

    @Test
    void saysSoWhenIdentityDoesNotAnswer() throws Exception {
        data.create();
        write(ProcessMark.of(ProcessHandle.current()).orElseThrow(), List.of());
        Said token = terminal.type("token customer");
        assertThat(token.code()).isEqualTo(1);
        assertThat(token.err())
                .contains("identity does not answer at http://localhost:" + nowhere + "/identity/oauth2/token");
    }

    private void write(ProcessMark supervisor, List<PlatformState.Entry> entries) {
        new PlatformState(supervisor, URI.create("http://localhost:" + nowhere), entries).write(data.state());
    }

    private Process sleeping() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        processes.add(process);
        await().atMost(SOON).until(() -> ProcessMark.of(process.toHandle()).isPresent());
        return process;
    }

    private static String line(Said said, String name) {
        return said.out()
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow();
    }
}
