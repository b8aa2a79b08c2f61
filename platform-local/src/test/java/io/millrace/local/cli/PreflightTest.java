package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.Installation;
import io.millrace.local.PlatformSettings;
import io.millrace.local.cli.Terminal.Said;
import io.millrace.local.data.DataDirectory;
import io.millrace.local.data.PlatformLock;
import io.millrace.local.data.PlatformState;
import io.millrace.local.process.ProcessMark;
import io.millrace.local.settings.EnvFile;
import io.millrace.local.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {

    @TempDir
    Path folder;

    @Test
    void findsNothingInTheWayOfAFreePort() throws Exception {
        int port;
        try (ServerSocket socket = taken()) {
            port = socket.getLocalPort();
        }
        assertThat(Preflight.obstacle(up("--port", Integer.toString(port)), settings(Map.of())))
                .isEmpty();
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() throws Exception {
        try (ServerSocket socket = taken()) {
            String port = Integer.toString(socket.getLocalPort());
            String expected = "port " + port
                    + " is taken by another program: stop it, or choose another port by --port N or MILLRACE_PORT=N";
            assertThat(Preflight.obstacle(up("--port", port), settings(Map.of())))
                    .hasValue(expected);
            assertThat(Preflight.obstacle(up(), settings(Map.of("MILLRACE_PORT", port))))
                    .hasValue(expected);
            Said said = new Terminal(folder.resolve("data")).type("up --port " + port);
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).isEqualToIgnoringNewLines("millrace: " + expected);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void saysWhereItAlreadyRuns() {
        DataDirectory data = new DataDirectory(folder.resolve("data"));
        data.create();
        try (PlatformLock _ = PlatformLock.take(data.lock()).orElseThrow()) {
            assertThat(Preflight.obstacle(up(), settings(Map.of())))
                    .hasValue("Millrace is being started or stopped on " + data.root());
            ProcessMark self = ProcessMark.of(ProcessHandle.current()).orElseThrow();
            new PlatformState(self, URI.create("http://localhost:8099"), List.of()).write(data.state());
            assertThat(Preflight.obstacle(up(), settings(Map.of())))
                    .hasValue("Millrace already runs at http://localhost:8099 (process " + self.pid()
                            + "): ./millrace down stops it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "2001:db8::7"})
    void refusesAddressesThatOthersCanReach(String address) {
        assertThatThrownBy(() -> Preflight.obstacle(up("--bind", address), settings(Map.of())))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("on this machine only")
                .hasMessageContaining(address);
        assertThatThrownBy(() -> Preflight.obstacle(up(), settings(Map.of("MILLRACE_BIND", address))))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void saysSoWhenThereIsNoSuchAddress() {
        assertThatThrownBy(() -> Preflight.obstacle(up("--bind", "127.0.0.256"), settings(Map.of())))
                .isInstanceOf(UsageException.class)
                .hasMessage("no such address: 127.0.0.256");
    }

    @Test
    void looksAtTheAddressAndPortThatAreThenListenedOn() {
        Settings settings = settings(Map.of("MILLRACE_BIND", "0.0.0.0", "MILLRACE_PORT", "8081"));
        Installation installation = Installation.current();
        PlatformSettings told = UpCommand.chosen(installation, settings, up("--bind", "127.0.0.2", "--port", "9000"));
        assertThat(told.bind()).isEqualTo("127.0.0.2");
        assertThat(told.port()).isEqualTo(9000);
        PlatformSettings configured = UpCommand.chosen(installation, settings, up());
        assertThat(configured.bind()).isEqualTo("0.0.0.0");
        assertThat(configured.port()).isEqualTo(8081);
    }

    @Test
    void runsFromItsSourceWithNothingButTheJdk() throws Exception {
        Path home = Installation.current().home();
        try (ServerSocket socket = taken()) {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Dmillrace.home=" + home,
                            home.resolve("platform-local/src/main/java/io/millrace/local/cli/Preflight.java")
                                    .toString(),
                            "up",
                            "--port",
                            Integer.toString(socket.getLocalPort()))
                    .redirectErrorStream(true);
            builder.environment().put("MILLRACE_DATA", folder.resolve("data").toString());
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).startsWith("port " + socket.getLocalPort() + " is taken");
            assertThat(process.waitFor()).isEqualTo(1);
        }
    }

    private static Command.Up up(String... options) {
        List<String> line = new ArrayList<>(List.of("up"));
        line.addAll(List.of(options));
        return (Command.Up) CommandLine.parse(line);
    }

    private Settings settings(Map<String, String> file) {
        return Settings.of(folder, new EnvFile(file, List.of()), Map.of());
    }

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
