package io.millrace.local.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file of settings, one {@code NAME=VALUE} a line, as a shell and Docker read it.
 *
 * <p>Lines that begin with {@code #} and empty lines say nothing. A value may stand in single or double quotes; nothing is
 * expanded. A name given twice counts with its last value.
 *
 * @param values what it sets, in its order
 * @param problems lines that are neither comment nor setting, each a sentence that names file and line
 */
public record EnvFile(Map<String, String> values, List<String> problems) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * What a file sets; nothing when there is no such file.
     *
     * @throws SettingsException when the file can't be read
     */
    public static EnvFile read(Path file) {
        if (!Files.exists(file)) {
            return new EnvFile(Map.of(), List.of());
        }
        try {
            return parse(file.toString(), Files.readAllLines(file));
        } catch (CharacterCodingException e) {
            throw new SettingsException(List.of(file + " must be UTF-8"));
        } catch (IOException e) {
            throw new SettingsException(List.of("can't read " + file + ": " + e.getMessage()));
        }
    }

    static EnvFile parse(String file, List<String> lines) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip();
            if (NAME.matcher(name).matches()) {
                values.put(name, unquoted(line.substring(equals + 1).strip()));
            } else {
                problems.add(file + ", line " + (i + 1) + ": must be NAME=VALUE or a comment, was " + line);
            }
        }
        return new EnvFile(values, problems);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && (isBetween(value, "\"") || isBetween(value, "'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static boolean isBetween(String value, String quote) {
        return value.startsWith(quote) && value.endsWith(quote);
    }
}
