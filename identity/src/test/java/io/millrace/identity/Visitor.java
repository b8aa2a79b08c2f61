package io.millrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody with a browser, whose requests come through a front door at {@code http://localhost:8080}. */
final class Visitor implements AutoCloseable {

    static final String FRONT_DOOR = "http://localhost:8080";
    static final String VERIFIER = "a-verifier-that-has-more-than-forty-three-characters";

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String port;

    Visitor(String port) {
        this.port = port;
    }

    /** What a page sends its user to; the changes replace or, when empty, remove a parameter. */
    static String authorization(Map<String, String> changes) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        Map<String, String> parameters = new LinkedHashMap<>(Map.of(
                "response_type", "code",
                "client_id", "console",
                "redirect_uri", FRONT_DOOR + "/",
                "scope", "openid ops:read",
                "state", "some-state",
                "code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(hash),
                "code_challenge_method", "S256"));
        parameters.putAll(changes);
        parameters.values().removeIf(String::isEmpty);
        return "/identity/oauth2/authorize?" + form(parameters);
    }

    /** Asks for a code, logs in when the form is shown, and returns where the visitor is sent in the end. */
    URI logIn(String user, String password, Map<String, String> changes) throws Exception {
        assertThat(location(get(authorization(changes)))).isEqualTo(URI.create(FRONT_DOOR + "/identity/login"));
        URI back = location(submit(user, password));
        if (back.getPath().equals("/identity/login")) {
            return back;
        }
        assertThat(back.toString()).startsWith(FRONT_DOOR + "/identity/oauth2/authorize?");
        return location(get(back.getRawPath() + "?" + back.getRawQuery()));
    }

    /** Fills in the form. */
    HttpResponse<String> submit(String user, String password) throws Exception {
        HttpResponse<String> page = get("/identity/login");
        assertThat(page.statusCode()).isEqualTo(200);
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(token.find()).isTrue();
        return post("/identity/login", Map.of("username", user, "password", password, "_csrf", token.group(1)));
    }

    /** Redeems the code in an address. */
    HttpResponse<String> redeem(URI answer, String verifier) throws Exception {
        return post(
                "/identity/oauth2/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "console",
                        "redirect_uri",
                        FRONT_DOOR + "/",
                        "code",
                        parameter(answer, "code"),
                        "code_verifier",
                        verifier));
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).header("Accept", "text/html").build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, Map<String, String> parameters) throws Exception {
        HttpRequest request = request(path)
                .header("Accept", "text/html,application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters)))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    static URI location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    /** A parameter of an address; empty without it. */
    static String parameter(URI address, String name) {
        return Stream.of(address.getRawQuery().split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Forwarded-Host", "localhost:8080")
                .header("X-Forwarded-Proto", "http");
    }

    @Override
    public void close() {
        http.close();
    }
}
