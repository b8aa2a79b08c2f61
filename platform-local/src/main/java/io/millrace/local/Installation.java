package io.millrace.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the platform's own files are: the folder that {@code millrace} lies in, with the modules below it.
 *
 * @param home absolute path
 */
public record Installation(Path home) {

    private static final String SCRIPT = "millrace";
    private static final String HOME_PROPERTY = "millrace.home";

    /** Keeps the path absolute. */
    public Installation {
        home = home.toAbsolutePath().normalize();
    }

    /**
     * The installation this class runs from: the one the system property {@code millrace.home} names, else the one its
     * class files lie in.
     *
     * @throws PlatformException when there is none
     */
    public static Installation current() {
        String named = System.getProperty(HOME_PROPERTY);
        if (named != null) {
            return new Installation(Path.of(named));
        }
        Path folder = ownLocation();
        while (folder != null) {
            if (Files.isRegularFile(folder.resolve(SCRIPT)) && Files.isDirectory(folder.resolve("platform-local"))) {
                return new Installation(folder);
            }
            folder = folder.getParent();
        }
        throw new PlatformException("no installation found: set the system property " + HOME_PROPERTY);
    }

    private static Path ownLocation() {
        try {
            return Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The script. */
    public Path script() {
        return home.resolve(SCRIPT);
    }

    /**
     * The newest jar of a module, which names the libraries beside it.
     *
     * @throws PlatformException when the module has not been built
     */
    Path jar(String module) {
        Path target = home.resolve(module).resolve("target");
        return newestJar(target, module)
                .orElseThrow(
                        () -> new PlatformException("module " + module + " has not been built: no jar in " + target));
    }

    private static Optional<Path> newestJar(Path target, String module) {
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> isMainJar(file.getFileName().toString(), module))
                    .max(Comparator.comparingLong(Installation::modified));
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + target, e);
        }
    }

    private static boolean isMainJar(String name, String module) {
        return name.startsWith(module + "-")
                && name.endsWith(".jar")
                && !name.endsWith("-tests.jar")
                && !name.endsWith("-sources.jar")
                && !name.endsWith("-javadoc.jar");
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }
}
