package io.millrace.testing.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;

/**
 * Compares what was generated with what is committed.
 *
 * <p>With {@code -Dgolden.update=true} it writes the file instead; what changed is then seen in the commit. Files end in
 * one line feed, and line ends are compared as line feeds.
 */
public final class Golden {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    /** The build runs the tests of a module in its folder, which has the module's name. */
    private static final String UPDATE = "./mvnw test -pl %s -am -Dgolden.update=true"
            .formatted(Path.of("").toAbsolutePath().getFileName());

    private Golden() {}

    /**
     * Compares with a file of this module's {@code src/test/resources/golden}.
     *
     * @param name path below that folder, such as {@code order.placed.json}
     * @throws AssertionError when the file differs or does not exist, saying how to write it
     */
    public static void assertMatches(String name, String actual) {
        assertMatches(FOLDER.resolve(name), actual);
    }

    /**
     * Compares with any file.
     *
     * @param file path below the module's folder
     * @throws AssertionError when the file differs or does not exist, saying how to write it
     */
    public static void assertMatches(Path file, String actual) {
        assertMatches(file, actual, Boolean.getBoolean("golden.update"));
    }

    static void assertMatches(Path file, String actual, boolean update) {
        String text = normalised(actual);
        try {
            if (update) {
                Files.createDirectories(file.toAbsolutePath().resolveSibling("").normalize());
                Files.writeString(file, text);
                return;
            }
            String hint = "%s; if that is meant, run %s and commit the file";
            Assertions.assertThat(Files.exists(file))
                    .as(hint, file + " does not exist", UPDATE)
                    .isTrue();
            Assertions.assertThat(text)
                    .as(hint, "differs from " + file, UPDATE)
                    .isEqualTo(normalised(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read or write " + file, e);
        }
    }

    private static String normalised(String text) {
        return text.replace("\r\n", "\n").stripTrailing() + "\n";
    }
}
