package io.millrace.identity;

import static io.millrace.identity.Visitor.VERIFIER;
import static io.millrace.identity.Visitor.location;
import static io.millrace.identity.Visitor.parameter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class SessionsTest {

    @TempDir
    Path keys;

    private ConfigurableApplicationContext identity;
    private Visitor visitor;

    @BeforeEach
    void start() {
        identity = IdentityApplication.start(
                "--server.port=0",
                "--millrace.identity.demo=true",
                "--millrace.identity.key-folder=" + keys,
                "--millrace.identity.demo-secret=0123456789abcdef0123456789abcdef");
        visitor = new Visitor(port());
    }

    @AfterEach
    void stop() {
        visitor.close();
        identity.close();
    }

    @Test
    void shutOutNobodyAndLogOutNobodyWhenStrangersFillThem() throws Exception {
        assertThat(visitor.redeem(visitor.logIn("operator", "demo", Map.of()), VERIFIER)
                        .statusCode())
                .isEqualTo(200);
        // Nobody of them keeps a cookie: each visit begins a session.
        HttpRequest form = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/identity/login"))
                .build();
        try (HttpClient strangers = HttpClient.newHttpClient()) {
            for (int i = 0; i <= LoginConfiguration.MOST_SESSIONS; i++) {
                assertThat(strangers.send(form, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(200);
            }
        }
        assertThat(sessions().getActiveSessions()).isEqualTo(LoginConfiguration.MOST_SESSIONS);
        URI silently = location(visitor.get(Visitor.authorization(Map.of("prompt", "none"))));
        assertThat(visitor.redeem(silently, VERIFIER).statusCode()).isEqualTo(200);
        try (Visitor another = new Visitor(port())) {
            assertThat(parameter(another.logIn("analyst", "demo", Map.of()), "code"))
                    .isNotEmpty();
        }
    }

    @Test
    void lastAsLongAsTheFormIsFilledInAndLongerOnceSomebodyHasLoggedIn() throws Exception {
        assertThat(visitor.get("/identity/login").statusCode()).isEqualTo(200);
        assertThat(lives()).containsExactly(600);
        visitor.logIn("operator", "demo", Map.of());
        assertThat(lives()).containsExactly(7_200);
        visitor.get(Visitor.authorization(Map.of("prompt", "none")));
        assertThat(lives()).containsExactly(7_200);
    }

    @Test
    void mustLastLongerThanTheirForm() {
        assertThatThrownBy(() -> IdentityApplication.start(
                        "--server.port=0",
                        "--millrace.identity.demo=true",
                        "--millrace.identity.key-folder=" + keys,
                        "--millrace.identity.demo-secret=0123456789abcdef0123456789abcdef",
                        "--millrace.identity.login-life=10m"))
                .rootCause()
                .hasMessageContaining("loginLife must be longer than the 10 minutes the form is waited for");
    }

    private Stream<Integer> lives() {
        return Stream.of(sessions().findSessions()).map(Session::getMaxInactiveInterval);
    }

    private Manager sessions() {
        TomcatWebServer server =
                (TomcatWebServer) Objects.requireNonNull(((WebServerApplicationContext) identity).getWebServer());
        return Stream.of(server.getTomcat().getHost().findChildren())
                .map(Context.class::cast)
                .findFirst()
                .orElseThrow()
                .getManager();
    }

    private String port() {
        return String.valueOf(identity.getEnvironment().getProperty("local.server.port"));
    }
}
