package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The command line, first initialisation and readiness of a PostgreSQL server. */
final class PostgresCluster {

    private static final String SUPERUSER = "postgres";
    private static final int PASSWORD_BYTES = 24;
    private static final Duration READY_WITHIN = Duration.ofSeconds(90); // after a crash the log is replayed first
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    private static final Duration INITDB_WITHIN = Duration.ofMinutes(2);

    private PostgresCluster() {}

    static ServerCommand command(PostgresSettings settings) {
        if (settings.port() == 0) {
            throw new IllegalArgumentException("a port must be given; see PostgresSettings.withFreePorts()");
        }
        Path program = PostgresBinaries.folder().resolve("bin").resolve("postgres");
        List<String> command = new ArrayList<>(Unprivileged.prefix());
        command.addAll(List.of(
                program.toString(), "-D", settings.cluster().toString(), "-p", String.valueOf(settings.port())));
        parameters(settings).forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new ServerCommand(
                "postgres",
                command,
                Map.of("LC_ALL", "C"),
                settings.directory(),
                () -> prepare(settings),
                () -> access(settings).answers(),
                READY_WITHIN,
                StopSignal.INT,
                STOP_WITHIN);
    }

    static PostgresAccess access(PostgresSettings settings) {
        try {
            String password = Files.readString(settings.passwordFile()).strip();
            return new PostgresAccess("127.0.0.1", settings.port(), SUPERUSER, password);
        } catch (IOException e) {
            throw new IllegalStateException("no superuser's password in " + settings.directory(), e);
        }
    }

    private static Map<String, String> parameters(PostgresSettings settings) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("listen_addresses", "127.0.0.1");
        parameters.put("unix_socket_directories", ""); // nothing but TCP: no socket files in shared places
        parameters.put("timezone", "UTC");
        parameters.put("log_timezone", "UTC");
        parameters.put("max_connections", "200"); // several services, or test contexts, each with a pool of its own
        if (settings.logicalReplication()) {
            parameters.put("wal_level", "logical");
        }
        String onOrOff = settings.durable() ? "on" : "off";
        parameters.put("fsync", onOrOff);
        parameters.put("synchronous_commit", onOrOff);
        parameters.put("full_page_writes", onOrOff);
        parameters.putAll(settings.parameters());
        return parameters;
    }

    private static void prepare(PostgresSettings settings) {
        DataDirectories.create(settings.directory());
        StalePostmaster.clear(settings.cluster());
        if (!Files.exists(settings.cluster())) {
            initialise(settings);
        }
    }

    /** Initialises beside the final place and moves there: a killed initialisation is simply made again. */
    private static void initialise(PostgresSettings settings) {
        Path fresh = settings.directory().resolve("initialising");
        Path log = settings.directory().resolve("initdb.log");
        DataDirectories.delete(fresh);
        try {
            writePassword(settings.passwordFile());
            List<String> command = new ArrayList<>(Unprivileged.prefix());
            command.addAll(List.of(
                    PostgresBinaries.folder().resolve("bin").resolve("initdb").toString(),
                    "--pgdata=" + fresh,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + settings.passwordFile(),
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-instructions"));
            if (!settings.durable()) {
                command.add("--no-sync");
            }
            run(command, log);
            Files.move(fresh, settings.cluster(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ServerStartException("can't initialise " + settings.cluster(), e);
        }
    }

    private static void writePassword(Path file) throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }

    private static void run(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(INITDB_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ServerStartException("initdb took more than " + INITDB_WITHIN.toSeconds() + " s", null);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ServerStartException("interrupted during initdb", e);
        }
        if (process.exitValue() != 0) {
            throw new ServerStartException(
                    "initdb failed with exit code " + process.exitValue() + ":\n" + Files.readString(log), null);
        }
    }
}
