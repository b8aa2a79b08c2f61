package io.millrace.local.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file of settings, one {@code NAME=VALUE} a line, as a shell and Docker read it.
 *
 * <p>Lines that begin with {@code #} and empty lines say nothing. A value may stand in single or double quotes; nothing is
 * expanded. A name given twice counts with its last value.
 */
public final class EnvFile {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private EnvFile() {}

    /**
     * What a file sets; nothing when there is no such file.
     *
     * @throws SettingsException when a line is neither comment nor setting, or the file can't be read
     */
    public static Map<String, String> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return parse(file.toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new SettingsException(List.of("can't read " + file + ": " + e.getMessage()));
        }
    }

    static Map<String, String> parse(String file, List<String> lines) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip();
            if (!NAME.matcher(name).matches()) {
                throw new SettingsException(
                        List.of(file + ", line " + (i + 1) + ": must be NAME=VALUE or a comment, was " + line));
            }
            settings.put(name, unquoted(line.substring(equals + 1).strip()));
        }
        return settings;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && (isBetween(value, "\"") || isBetween(value, "'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static boolean isBetween(String value, String quote) {
        return value.startsWith(quote) && value.endsWith(quote);
    }
}
