package io.millrace.monitoring.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which file stands behind a bare name such as {@code lit} in an {@code import}. Each library's jar says so for itself, with
 * its version in the path, so that a new version is a new line in the bill of materials and nothing else.
 */
final class ImportMap {

    private static final String DESCRIPTIONS = "classpath*:META-INF/importmap.json";
    private static final String THEIR_FOLDER = "/_static/";
    private static final JsonMapper JSON = new JsonMapper();

    private ImportMap() {}

    /** The import map of all libraries on the class path, as JSON; the same text at every start. */
    static String ofClassPath() {
        SortedMap<String, String> imports = new TreeMap<>();
        try {
            for (Resource description : new PathMatchingResourcePatternResolver().getResources(DESCRIPTIONS)) {
                try (InputStream in = description.getInputStream()) {
                    for (Map.Entry<String, JsonNode> entry :
                            JSON.readTree(in).path("imports").properties()) {
                        imports.put(entry.getKey(), served(entry.getValue().asString()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + DESCRIPTIONS, e);
        }
        return JSON.writeValueAsString(Map.of("imports", imports));
    }

    private static String served(String path) {
        if (!path.startsWith(THEIR_FOLDER)) {
            throw new IllegalStateException("an import map names " + path + ", outside of " + THEIR_FOLDER);
        }
        return ConsoleFiles.LIBRARIES + path.substring(THEIR_FOLDER.length());
    }
}
