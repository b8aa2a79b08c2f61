package io.millrace.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class IdentityTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String ISSUER = "http://localhost:8080/identity";

    @TempDir
    static Path keys;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext identity;

    @BeforeAll
    static void start() {
        identity = IdentityApplication.start(arguments("--millrace.identity.demo=true"));
    }

    @AfterAll
    static void stop() {
        identity.close();
        HTTP.close();
    }

    @Test
    void givesAUserAllScopesWhenNoneIsAskedFor() throws Exception {
        HttpResponse<String> answer = token("customer", SECRET, "grant_type=client_credentials");
        assertThat(answer.statusCode()).isEqualTo(200);
        SignedJWT token = accessToken(answer);
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("customer");
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(ISSUER);
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("millrace");
        assertThat(token.getJWTClaimsSet().getStringListClaim("scope"))
                .containsExactlyInAnyOrder("orders:read", "orders:write");
        Duration life = Duration.between(
                token.getJWTClaimsSet().getIssueTime().toInstant(),
                token.getJWTClaimsSet().getExpirationTime().toInstant());
        assertThat(life).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void givesOnlyTheScopeThatIsAskedFor() throws Exception {
        HttpResponse<String> answer =
                token("operator", SECRET, "grant_type=client_credentials&scope=catalogue%3Awrite");
        assertThat(accessToken(answer).getJWTClaimsSet().getStringListClaim("scope"))
                .containsExactly("catalogue:write");
    }

    @Test
    void refusesAScopeTheUserDoesNotHave() throws Exception {
        HttpResponse<String> answer = token("customer", SECRET, "grant_type=client_credentials&scope=fraud%3Areview");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_scope");
    }

    @Test
    void refusesAWrongSecretAndAnUnknownUser() throws Exception {
        assertThat(token("customer", "wrong", "grant_type=client_credentials").statusCode())
                .isEqualTo(401);
        assertThat(token("nobody", SECRET, "grant_type=client_credentials").statusCode())
                .isEqualTo(401);
    }

    @Test
    void signsByTheKeyItPublishesAndKeepsThroughARestart() throws Exception {
        SignedJWT token = accessToken(token("shop", SECRET, "grant_type=client_credentials"));
        var published = JWKSet.parse(get("/identity/oauth2/jwks").body())
                .getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(token.verify(new RSASSAVerifier(published.toRSAKey()))).isTrue();
        assertThat(published.isPrivate()).isFalse();
        assertThat(SigningKey.in(keys).getKeyID()).isEqualTo(published.getKeyID());
    }

    @Test
    void takesTheMintersTokensForItsOwn() throws Exception {
        String minted = TokenMinter.of(keys, ISSUER).mint("someone", Set.of("orders:write"), Duration.ofMinutes(1));
        SignedJWT token = SignedJWT.parse(minted);
        assertThat(token.verify(new RSASSAVerifier(SigningKey.in(keys).toRSAPublicKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("millrace");
    }

    @Test
    void describesItselfAsOpenIdConnectProviderAtItsIssuersAddress() throws Exception {
        HttpResponse<String> answer = get("/identity/.well-known/openid-configuration");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"issuer\":\"" + ISSUER + "\"", "\"token_endpoint\":\"" + ISSUER + "/oauth2/token\"");
    }

    @Test
    void isReadyWithoutAToken() throws Exception {
        assertThat(get("/identity/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void keepsItsKeyToItsOwner() throws Exception {
        Path file = keys.resolve("identity-signing-key.json");
        assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
    }

    @Test
    void permitsAdminEverything() {
        for (DemoUser user : DemoUser.values()) {
            assertThat(DemoUser.ADMIN.scopes()).containsAll(user.scopes());
        }
    }

    @Test
    void refusesToRunUnlessDemoUsersAreAskedForAndInProduction() {
        assertThatThrownBy(() -> IdentityApplication.start(arguments("--millrace.identity.demo=false")))
                .isInstanceOf(DemoRefusedException.class)
                .hasMessageContaining("MILLRACE_IDENTITY_DEMO");
        for (String profile : List.of("production", "prod")) {
            assertThatThrownBy(() -> IdentityApplication.start(
                            arguments("--millrace.identity.demo=true", "--spring.profiles.active=" + profile)))
                    .isInstanceOf(DemoRefusedException.class)
                    .hasMessageContaining(profile);
        }
    }

    @Test
    void refusesToRunWithAShortSecret() {
        assertThatThrownBy(() -> IdentityApplication.start(
                        arguments("--millrace.identity.demo=true", "--millrace.identity.demo-secret=short")))
                .hasStackTraceContaining("must have 32 to 200 characters");
    }

    private static String[] arguments(String... changed) {
        Map<String, String> arguments = new LinkedHashMap<>();
        List<String> usual = List.of(
                "--server.port=0",
                "--millrace.identity.key-folder=" + keys,
                "--millrace.identity.demo-secret=" + SECRET,
                "--millrace.identity.issuer=" + ISSUER);
        Stream.concat(usual.stream(), Stream.of(changed))
                .forEach(argument -> arguments.put(argument.substring(0, argument.indexOf('=')), argument));
        return arguments.values().toArray(String[]::new);
    }

    private static HttpResponse<String> token(String user, String secret, String form) throws Exception {
        String basic = Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(at("/identity/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + identity.getEnvironment().getProperty("local.server.port") + path);
    }

    private static SignedJWT accessToken(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        Matcher token = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(token.find()).isTrue();
        return SignedJWT.parse(token.group(1));
    }
}
