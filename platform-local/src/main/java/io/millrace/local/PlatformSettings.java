package io.millrace.local;

import io.millrace.local.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How to run a platform.
 *
 * @param installation where its files are
 * @param base what {@code millrace.env} and the environment say
 * @param data where its data are kept
 * @param bind address of the front door
 * @param port of the front door, 0 for a free one
 * @param temporary whether the data are deleted when it is closed
 * @param seed whether an empty catalogue is filled
 * @param environment variables of single processes, by process and name, which win over ours
 * @param instances how many copies of a service run; 1 where nothing is said
 */
public record PlatformSettings(
        Installation installation,
        Settings base,
        Path data,
        String bind,
        int port,
        boolean temporary,
        boolean seed,
        Map<String, Map<String, String>> environment,
        Map<String, Integer> instances) {

    /** Keeps its own copies. */
    public PlatformSettings {
        data = data.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
        instances = Map.copyOf(instances);
    }

    /** As the settings of an installation say: its data directory, its port. */
    public static PlatformSettings of(Installation installation, Settings base) {
        return new PlatformSettings(
                installation, base, base.data(), base.bind(), base.port(), false, true, Map.of(), Map.of());
    }

    /** A platform that keeps its data in a folder and takes a free port. */
    public static PlatformSettings in(Path data) {
        Installation installation = Installation.current();
        return new PlatformSettings(
                installation, Settings.of(installation.home()), data, "127.0.0.1", 0, false, true, Map.of(), Map.of());
    }

    /** A platform for a test: without shoppers, and its data are deleted when it is closed. */
    public static PlatformSettings throwAway() {
        try {
            PlatformSettings kept = in(Files.createTempDirectory("millrace-platform-"));
            return new PlatformSettings(
                            kept.installation, kept.base, kept.data, kept.bind, 0, true, true, Map.of(), Map.of())
                    .withoutTraffic();
        } catch (IOException e) {
            throw new UncheckedIOException("can't make a temporary folder", e);
        }
    }

    /** The same with its front door at a port. */
    public PlatformSettings withPort(int newPort) {
        return new PlatformSettings(installation, base, data, bind, newPort, temporary, seed, environment, instances);
    }

    /** The same with its front door at an address. */
    public PlatformSettings withBind(String newBind) {
        return new PlatformSettings(installation, base, data, newBind, port, temporary, seed, environment, instances);
    }

    /** The same, filling an empty catalogue or not. */
    public PlatformSettings withSeed(boolean newSeed) {
        return new PlatformSettings(installation, base, data, bind, port, temporary, newSeed, environment, instances);
    }

    /** The same with one more environment variable for a process, all instances of a service included. */
    public PlatformSettings withEnvironment(String process, String name, String value) {
        Map<String, Map<String, String>> all = new HashMap<>(environment);
        Map<String, String> own = new HashMap<>(all.getOrDefault(process, Map.of()));
        own.put(name, value);
        all.put(process, Map.copyOf(own));
        return new PlatformSettings(installation, base, data, bind, port, temporary, seed, all, instances);
    }

    /** The same with nobody shopping; what others stand for outside of the shop is there. */
    public PlatformSettings withoutTraffic() {
        return withEnvironment(PlatformLayout.OUTSIDE, "MILLRACE_SHOPPERS_RATE", "0");
    }

    /** The same with so many copies of a service, at least 1. */
    public PlatformSettings withInstances(String service, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("there must be at least 1 instance of " + service + ", was " + count);
        }
        Map<String, Integer> all = new HashMap<>(instances);
        all.put(service, count);
        return new PlatformSettings(installation, base, data, bind, port, temporary, seed, environment, all);
    }
}
