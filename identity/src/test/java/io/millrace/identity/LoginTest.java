package io.millrace.identity;

import static io.millrace.identity.Visitor.FRONT_DOOR;
import static io.millrace.identity.Visitor.VERIFIER;
import static io.millrace.identity.Visitor.location;
import static io.millrace.identity.Visitor.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class LoginTest {

    private static final String ISSUER = FRONT_DOOR + "/identity";
    private static final Map<String, String> USUAL = Map.of();
    private static final Map<String, String> SILENT = Map.of("prompt", "none");

    @TempDir
    static Path keys;

    private static ConfigurableApplicationContext identity;
    private Visitor visitor;

    @BeforeAll
    static void start() {
        identity = IdentityApplication.start(
                "--server.port=0",
                "--millrace.identity.demo=true",
                "--millrace.identity.key-folder=" + keys,
                "--millrace.identity.demo-secret=0123456789abcdef0123456789abcdef",
                "--millrace.identity.issuer=" + ISSUER);
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    @BeforeEach
    void come() {
        visitor = new Visitor(String.valueOf(identity.getEnvironment().getProperty("local.server.port")));
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void givesAPageATokenOfTheUserWhoLogsIn() throws Exception {
        URI back = visitor.logIn("operator", "demo", USUAL);
        assertThat(back.toString()).startsWith(FRONT_DOOR + "/?");
        assertThat(parameter(back, "state")).isEqualTo("some-state");
        HttpResponse<String> answer = visitor.redeem(back, VERIFIER);
        JWTClaimsSet access = token(answer, "access_token");
        assertThat(access.getSubject()).isEqualTo("operator");
        assertThat(access.getIssuer()).isEqualTo(ISSUER);
        assertThat(access.getAudience()).containsExactly("millrace");
        assertThat(access.getStringListClaim("scope")).containsExactlyInAnyOrder("openid", "ops:read");
        JWTClaimsSet id = token(answer, "id_token");
        assertThat(id.getSubject()).isEqualTo("operator");
        assertThat(id.getAudience()).containsExactly("console");
    }

    @Test
    void givesAllScopesOfTheUserWhenNoneIsAskedFor() throws Exception {
        URI back = visitor.logIn("customer", "demo", Map.of("scope", "openid"));
        Set<String> expected = new HashSet<>(DemoUser.CUSTOMER.scopes());
        expected.add("openid");
        assertThat(scopes(visitor.redeem(back, VERIFIER))).isEqualTo(expected);
    }

    @Test
    void leavesOutAScopeThatTheUserDoesNotHave() throws Exception {
        HttpResponse<String> answer = visitor.redeem(visitor.logIn("customer", "demo", USUAL), VERIFIER);
        assertThat(scopes(answer)).containsExactly("openid");
        assertThat(answer.body()).contains("\"scope\":\"openid\"");
    }

    @Test
    void refusesAScopeThatNobodyHas() throws Exception {
        URI back = location(visitor.get(Visitor.authorization(Map.of("scope", "openid everything"))));
        assertThat(parameter(back, "error")).isEqualTo("invalid_scope");
    }

    @Test
    void refusesAWrongPasswordAnUnknownUserAndTheMachine() throws Exception {
        for (Map.Entry<String, String> tried :
                Map.of("operator", "wrong", "nobody", "demo", "shop", "demo").entrySet()) {
            URI back = visitor.logIn(tried.getKey(), tried.getValue(), USUAL);
            assertThat(back).isEqualTo(URI.create(FRONT_DOOR + "/identity/login?error"));
        }
        assertThat(visitor.get("/identity/login?error").body()).contains("No user has this name and password.");
    }

    @Test
    void redeemsACodeOnceAndWithItsKeyOnly() throws Exception {
        URI back = visitor.logIn("analyst", "demo", USUAL);
        HttpResponse<String> withoutKey = visitor.redeem(back, "another-verifier-of-more-than-forty-three-letters");
        assertThat(withoutKey.statusCode()).isEqualTo(400);
        assertThat(withoutKey.body()).contains("invalid_grant");
        assertThat(visitor.redeem(back, VERIFIER).statusCode()).isEqualTo(200);
        assertThat(visitor.redeem(back, VERIFIER).body()).contains("invalid_grant");
    }

    @Test
    void refusesToAnswerWithoutAKeyOrToAnotherAddress() throws Exception {
        Map<String, String> withoutKey = Map.of("code_challenge", "", "code_challenge_method", "");
        URI back = location(visitor.get(Visitor.authorization(withoutKey)));
        assertThat(parameter(back, "error")).isEqualTo("invalid_request");
        HttpResponse<String> elsewhere =
                visitor.get(Visitor.authorization(Map.of("redirect_uri", "http://elsewhere.example/")));
        assertThat(elsewhere.statusCode()).isEqualTo(400);
        assertThat(elsewhere.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void renewsATokenInSilenceUntilTheUserLogsOut() throws Exception {
        assertThat(parameter(silently(), "error")).isEqualTo("login_required");
        HttpResponse<String> tokens = visitor.redeem(visitor.logIn("operator", "demo", USUAL), VERIFIER);
        HttpResponse<String> renewed = visitor.redeem(silently(), VERIFIER);
        assertThat(token(renewed, "access_token").getSubject()).isEqualTo("operator");
        String logout = "/identity/connect/logout?"
                + Visitor.form(Map.of(
                        "id_token_hint", text(tokens, "id_token"), "post_logout_redirect_uri", FRONT_DOOR + "/"));
        assertThat(location(visitor.get(logout))).isEqualTo(URI.create(FRONT_DOOR + "/"));
        assertThat(parameter(silently(), "error")).isEqualTo("login_required");
    }

    @Test
    void showsTheFormAgainWhenItsSessionHasEnded() throws Exception {
        HttpResponse<String> answer =
                visitor.post("/identity/login", Map.of("username", "operator", "password", "demo", "_csrf", "old"));
        assertThat(location(answer)).isEqualTo(URI.create(FRONT_DOOR + "/identity/login"));
    }

    @Test
    void sendsWhoCameForNothingElseToTheFrontDoor() throws Exception {
        assertThat(location(visitor.submit("operator", "demo"))).isEqualTo(URI.create(FRONT_DOOR + "/"));
    }

    @Test
    void letsThePageLoadNothingFromElsewhereAndBeFramedByNobody() throws Exception {
        HttpResponse<String> page = visitor.get("/identity/login");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Lax", "Path=/identity");
        assertThat(visitor.get("/identity/login.css").statusCode()).isEqualTo(200);
    }

    private URI silently() throws Exception {
        return location(visitor.get(Visitor.authorization(SILENT)));
    }

    private static Set<String> scopes(HttpResponse<String> answer) throws Exception {
        return new HashSet<>(token(answer, "access_token").getStringListClaim("scope"));
    }

    private static JWTClaimsSet token(HttpResponse<String> answer, String kind) throws Exception {
        return SignedJWT.parse(text(answer, kind)).getJWTClaimsSet();
    }

    private static String text(HttpResponse<String> answer, String field) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Matcher value = Pattern.compile("\"" + field + "\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(value.find()).isTrue();
        return value.group(1);
    }
}
