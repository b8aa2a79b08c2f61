package io.millrace.local.outside;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.embedded.Ports;
import io.millrace.traffic.journal.Journal;
import io.millrace.traffic.journal.JournalSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, as what matters is whether that ends: whoever started it would start it again. */
class OutsideMainTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        http.close();
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void endsWhenOneOfThemCanNotStart() throws Exception {
        Map<String, String> environment = environment();
        try (Journal _ = Journal.open(new JournalSettings(folder.resolve("mail"), 10, 4096), Runnable::run)) {
            assertEndsWith(1, start(environment));
        }
        assertThat(said()).contains("is open in another process");
    }

    @Test
    void endsWhenOneOfThemRefusesItsSettings() throws Exception {
        Map<String, String> environment = environment();
        environment.put("MILLRACE_SHOPPERS_RATE", "many");
        assertEndsWith(2, start(environment));
        assertThat(said()).contains("MILLRACE_SHOPPERS_RATE");
    }

    @Test
    void endsWhenTheLedgerCanNotBeWrittenAnyMore() throws Exception {
        Map<String, String> environment = environment();
        Process process = start(environment);
        URI identity = address(environment, "SERVER_PORT", "/identity/ready");
        await().atMost(SOON).until(() -> process.isAlive() && answers(identity));
        Path ledger = folder.resolve("provider");
        try (Stream<Path> files = Files.list(ledger)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(ledger);
        HttpRequest payment = HttpRequest.newBuilder(address(environment, "MILLRACE_PROVIDER_PORT", "/payments/1/void"))
                .POST(BodyPublishers.noBody())
                .build();
        var _ = http.sendAsync(payment, BodyHandlers.discarding());
        assertEndsWith(1, process);
        assertThat(said()).contains("the outside world failed").contains("NoSuchFileException");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SERVER_PORT", Integer.toString(Ports.free()),
                "MILLRACE_IDENTITY_DEMO", "true",
                "MILLRACE_IDENTITY_KEYFOLDER", folder.resolve("keys").toString(),
                "MILLRACE_IDENTITY_DEMOSECRET", "0123456789abcdef0123456789abcdef",
                "MILLRACE_PROVIDER_PORT", Integer.toString(Ports.free()),
                "MILLRACE_PROVIDER_LEDGER", folder.resolve("provider").toString(),
                "MILLRACE_MAIL_SMTP_PORT", Integer.toString(Ports.free()),
                "MILLRACE_MAIL_HTTP_PORT", Integer.toString(Ports.free()),
                "MILLRACE_MAIL_FOLDER", folder.resolve("mail").toString(),
                "MILLRACE_SHOPPERS_RATE", "0"));
        environment.put("MILLRACE_PROVIDER_CALLBACK_SECRET", "0123456789abcdef");
        return environment;
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutsideMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private boolean answers(URI address) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static URI address(Map<String, String> environment, String port, String path) {
        return URI.create("http://127.0.0.1:" + environment.get(port) + path);
    }

    private void assertEndsWith(int code, Process process) throws Exception {
        assertThat(process.waitFor(SOON.toSeconds(), SECONDS)).as(said()).isTrue();
        assertThat(process.exitValue()).as(said()).isEqualTo(code);
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }
}
