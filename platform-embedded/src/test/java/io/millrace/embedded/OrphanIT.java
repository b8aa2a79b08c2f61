package io.millrace.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a JVM that runs both servers, and looks at what is left. */
class OrphanIT {

    @Test
    void endsBothServersWhenTheirParentIsKilled(@TempDir Path directory) throws Exception {
        Path pids = directory.resolve("pids");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString(),
                        pids.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("parent.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(pids));
        } finally {
            parent.destroyForcibly();
        }
        assertThat(parent.waitFor(10, SECONDS)).isTrue();

        List<Long> children =
                Files.readAllLines(pids).stream().map(Long::valueOf).toList();
        assertThat(children).hasSize(2);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> children.stream()
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .noneMatch(ProcessHandle::isAlive));
        try (PostgresServer server = PostgresServer.start(PostgresSettings.in(directory.resolve("postgres")))) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    /** Starts both servers, says which processes they are, and waits to be killed. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[0]);
            KafkaServer kafka = KafkaServer.start(KafkaSettings.in(directory.resolve("kafka")));
            PostgresServer postgres = PostgresServer.start(PostgresSettings.in(directory.resolve("postgres")));
            Path written = directory.resolve("pids.tmp");
            Files.writeString(written, kafka.pid() + "\n" + postgres.pid() + "\n");
            Files.move(written, Path.of(args[1]));
            Thread.currentThread().join(); // until killed
        }
    }
}
