package io.millrace.monitoring.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service hands out to browsers, byte for byte and header for header. */
class ConsoleTest {

    private static final Pattern IMPORT = Pattern.compile("(?:from|import|import\\()\\s*['\"]([^'\"]+)['\"]");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext console;

    @BeforeAll
    static void start() {
        console = ConsoleApplication.start("--millrace.security.issuer=https://login.example.org/shop&more");
    }

    @AfterAll
    static void stop() {
        console.close();
        HTTP.close();
    }

    @Test
    void permitsTheImportMapAndNoOtherScriptInThePage() throws Exception {
        HttpResponse<String> page = get("/");
        Matcher script = Pattern.compile("<script[^>]*>([^<]+)</script>").matcher(page.body());
        assertThat(script.find()).isTrue();
        String hash = Base64.getEncoder()
                .encodeToString(ConsoleFiles.sha256(script.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(script.find()).isFalse();
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self' 'sha256-" + hash + "'", "style-src 'self';")
                .contains("connect-src 'self' https://login.example.org;", "frame-ancestors 'none'", "base-uri 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("<style", " style=", " onclick=", "{{");
    }

    @Test
    void writesSettingsIntoThePageAsText() throws Exception {
        assertThat(get("/").body()).contains("content=\"https://login.example.org/shop&amp;more\"");
    }

    @Test
    void sendsHeadersThatKeepThePageToItself() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(get("/console/app.js"), "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void servesEveryModuleThatIsImportedFromThePageOn() throws Exception {
        JsonNode map = importMap();
        List<String> open = new ArrayList<>(List.of("/console/app.js"));
        var seen = new TreeSet<>(open);
        while (!open.isEmpty()) {
            String path = open.removeLast();
            HttpResponse<String> module = get(path);
            assertThat(module.statusCode()).as(path).isEqualTo(200);
            assertThat(header(module, "Content-Type")).as(path).startsWith("text/javascript");
            if (path.contains("echarts")) {
                continue; // one file, in which the pattern finds what is none
            }
            for (String name :
                    IMPORT.matcher(module.body()).results().map(m -> m.group(1)).toList()) {
                String resolved = resolve(name, path, map);
                if (seen.add(resolved)) {
                    open.add(resolved);
                }
            }
        }
        assertThat(seen).anyMatch(path -> path.contains("/lit-html/")).anyMatch(path -> path.contains("/echarts/"));
        assertThat(seen.size()).isGreaterThan(14);
    }

    @Test
    void letsBrowsersKeepLibrariesAndAskAnewForItsOwnFiles() throws Exception {
        String library = importMap().path("imports").path("lit").asString();
        assertThat(header(get(library), "Cache-Control")).contains("max-age=31536000", "immutable");
        HttpResponse<String> own = get("/console/style.css");
        assertThat(header(own, "Cache-Control")).isEqualTo("no-cache");
        String tag = header(own, "ETag");
        assertThat(get("/console/style.css", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(get("/console/style.css", "If-None-Match", "W/\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void compressesWhatIsLarge() throws Exception {
        HttpResponse<String> charts = get("/console/style.css", "Accept-Encoding", "gzip");
        assertThat(header(charts, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(charts, "Vary").toLowerCase(Locale.ROOT)).contains("accept-encoding");
    }

    @Test
    void servesNothingElse() throws Exception {
        for (String path : List.of(
                "/console/",
                "/console",
                "/console/none.js",
                "/console/%2e%2e/application.yml",
                "/console/lib/..%2fx",
                "/index.html",
                "/application.yml")) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    private static String resolve(String name, String from, JsonNode map) {
        if (name.startsWith(".") || name.startsWith("/")) {
            return URI.create(from).resolve(name).getPath();
        }
        JsonNode imports = map.path("imports");
        if (imports.has(name)) {
            return imports.path(name).asString();
        }
        return imports.properties().stream()
                .filter(entry -> entry.getKey().endsWith("/") && name.startsWith(entry.getKey()))
                .max(Map.Entry.comparingByKey(Comparator.comparingInt(String::length)))
                .map(entry -> entry.getValue().asString()
                        + name.substring(entry.getKey().length()))
                .orElseThrow(() -> new AssertionError(from + " imports " + name + ", which the import map lacks"));
    }

    private static JsonNode importMap() throws Exception {
        MatchResult script = Pattern.compile("importmap\">([^<]+)<")
                .matcher(get("/").body())
                .results()
                .findFirst()
                .orElseThrow();
        return new JsonMapper().readTree(script.group(1));
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ConsoleApplication.port(console) + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
