package io.millrace.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How to run PostgreSQL.
 *
 * @param directory everything the server keeps, its log and the superuser's password included; created when missing
 * @param port where clients connect, on 127.0.0.1; 0 for a free one
 * @param durable whether commits reach the disk before they are answered. False ({@code fsync},
 *     {@code synchronous_commit} and {@code full_page_writes} off) is for throw-away tests only: the last commits are lost
 *     when the server is killed
 * @param logicalReplication whether {@code wal_level} is {@code logical}, as change data capture needs
 * @param parameters further server parameters, which win over ours
 * @param temporary whether the directory is deleted when the handle is closed or this JVM ends
 */
public record PostgresSettings(
        Path directory,
        int port,
        boolean durable,
        boolean logicalReplication,
        Map<String, String> parameters,
        boolean temporary) {

    /** Keeps an absolute path and its own copy. */
    public PostgresSettings {
        directory = directory.toAbsolutePath().normalize();
        parameters = Map.copyOf(parameters);
    }

    /** A durable server that keeps its data in a directory, on a free port. */
    public static PostgresSettings in(Path directory) {
        return new PostgresSettings(directory, 0, true, false, Map.of(), false);
    }

    /**
     * A server for a test: fast and not durable; its data go when it is closed or this JVM ends. A test that kills it
     * and expects its commits back makes it {@link #withDurable durable}.
     */
    public static PostgresSettings throwAway() {
        return new PostgresSettings(DataDirectories.temporary("postgres"), 0, false, false, Map.of(), true);
    }

    /** The same on another port. */
    public PostgresSettings withPort(int newPort) {
        return new PostgresSettings(directory, newPort, durable, logicalReplication, parameters, temporary);
    }

    /** The same, durable or not. */
    public PostgresSettings withDurable(boolean newDurable) {
        return new PostgresSettings(directory, port, newDurable, logicalReplication, parameters, temporary);
    }

    /** The same with change data capture possible or not. */
    public PostgresSettings withLogicalReplication(boolean newLogicalReplication) {
        return new PostgresSettings(directory, port, durable, newLogicalReplication, parameters, temporary);
    }

    /** The same with one more server parameter, such as {@code shared_buffers}. */
    public PostgresSettings withParameter(String name, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(name, value);
        return new PostgresSettings(directory, port, durable, logicalReplication, more, temporary);
    }

    /** The same with a free port where it is 0. */
    public PostgresSettings withFreePorts() {
        return port == 0 ? withPort(Ports.free()) : this;
    }

    Path cluster() {
        return directory.resolve("cluster");
    }

    Path log() {
        return directory.resolve("postgres.log");
    }

    Path passwordFile() {
        return directory.resolve("superuser.password");
    }
}
