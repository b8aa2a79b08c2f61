package io.millrace.local.data;

import io.millrace.local.process.ProcessMark;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What a running platform writes down for other terminals: a file of properties, replaced whole at every change.
 *
 * @param supervisor the process that runs it
 * @param url of its front door
 * @param processes in the order they are started
 */
public record PlatformState(ProcessMark supervisor, URI url, List<Entry> processes) {

    private static final int FIELDS = 8;

    /**
     * One process.
     *
     * @param name its name
     * @param state what it is doing, for people
     * @param ready whether it serves
     * @param pid its process id; 0 for none
     * @param started when it was last started
     * @param restarts how often it was started again
     * @param port where it listens
     * @param managementPort where its health and metrics are; 0 for nowhere
     */
    public record Entry(
            String name,
            String state,
            boolean ready,
            long pid,
            Instant started,
            int restarts,
            int port,
            int managementPort) {}

    /** Keeps its own copy. */
    public PlatformState {
        processes = List.copyOf(processes);
    }

    /** Whether the supervisor that wrote this still lives. */
    public boolean isCurrent() {
        return supervisor.process().isPresent();
    }

    /** Replaces the file. */
    public void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty("supervisor", supervisor.toString());
        properties.setProperty("url", url.toString());
        for (int i = 0; i < processes.size(); i++) {
            Entry entry = processes.get(i);
            properties.setProperty(
                    "process." + i,
                    String.join(
                            ",",
                            entry.name(),
                            entry.state(),
                            Boolean.toString(entry.ready()),
                            Long.toString(entry.pid()),
                            entry.started().toString(),
                            Integer.toString(entry.restarts()),
                            Integer.toString(entry.port()),
                            Integer.toString(entry.managementPort())));
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(fresh)) {
                properties.store(writer, "Written by the running platform");
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }

    /** Reads the file; empty when there is none, or none of this form. */
    public static Optional<PlatformState> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
        try {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; properties.containsKey("process." + i); i++) {
                entries.add(entry(properties.getProperty("process." + i)));
            }
            return ProcessMark.parse(properties.getProperty("supervisor", ""))
                    .map(mark -> new PlatformState(mark, URI.create(properties.getProperty("url", "")), entries));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Entry entry(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != FIELDS) {
            throw new IllegalArgumentException("must have " + FIELDS + " fields, was " + text);
        }
        return new Entry(
                parts[0],
                parts[1],
                Boolean.parseBoolean(parts[2]),
                Long.parseLong(parts[3]),
                Instant.parse(parts[4]),
                Integer.parseInt(parts[5]),
                Integer.parseInt(parts[6]),
                Integer.parseInt(parts[7]));
    }
}
