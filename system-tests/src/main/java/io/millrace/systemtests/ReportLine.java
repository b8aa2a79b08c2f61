package io.millrace.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one line a check or a bench ends with: JSON with {@code name}, {@code measured}, {@code threshold}, {@code unit},
 * {@code seed} and {@code commit}, then any further figures.
 *
 * @param name of the check or bench
 * @param measured what was measured, in {@code unit}
 * @param threshold what was demanded of it
 * @param seed makes workload and faults the same again
 * @param figures further ones, in their order
 */
public record ReportLine(
        String name, Number measured, Number threshold, String unit, long seed, Map<String, Object> figures) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The line. */
    public String json(Path home) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", name);
        line.put("measured", measured);
        line.put("threshold", threshold);
        line.put("unit", unit);
        line.put("seed", seed);
        line.put("commit", commit(home));
        line.putAll(figures);
        return JSON.writeValueAsString(line);
    }

    /** The commit that is checked out, with {@code +} when files differ from it; {@code unknown} outside of a repository. */
    private static String commit(Path home) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty=+", "--abbrev=12", "--exclude=*")
                    .directory(home.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8))) {
                String said = out.readLine();
                return said == null || said.isBlank() ? "unknown" : said.strip();
            }
        } catch (IOException e) {
            return "unknown"; // no git on this machine
        }
    }
}
