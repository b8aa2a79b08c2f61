package io.millrace.messaging.guarantees;

import io.millrace.embedded.DatabaseAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** An instance of {@link CountingService} in a process of its own, to be killed, halted and started again. */
final class CountingProcess implements AutoCloseable {

    private final List<String> command;
    private final Path log;
    private Process process;

    private CountingProcess(List<String> command, Path log) {
        this.command = command;
        this.log = log;
        this.process = launch();
    }

    static CountingProcess start(String name, Path directory, DatabaseAccess database, String brokers, long facts) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                CountingService.class.getName()));
        command.addAll(List.of(
                "--spring.application.name=guarantees",
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--spring.flyway.locations=classpath:db/messaging,classpath:db/guarantees",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.connection-timeout=1500",
                // a halted instance must not hold its locks for ever
                "--spring.datasource.hikari.data-source-properties.options="
                        + "-c idle_in_transaction_session_timeout=2s",
                "--spring.kafka.bootstrap-servers=" + brokers,
                // short, so that takeovers happen while the test looks
                "--millrace.outbox.lease-for=4s",
                "--millrace.outbox.deliver-within=1900ms",
                "--millrace.consumer.session-timeout=6s",
                "--facts=" + facts));
        return new CountingProcess(command, directory.resolve(name + ".log"));
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly();
        await();
    }

    void restart() {
        kill();
        process = launch();
    }

    void halt() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    /** Ends it as a supervisor would; false when it did not end by itself. */
    boolean stop() {
        process.destroy();
        try {
            return process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private void await() {
        Awaitility.await().until(() -> !process.isAlive());
    }

    private Process launch() {
        try {
            Files.createDirectories(log.getParent());
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
