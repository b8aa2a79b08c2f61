package io.millrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

class ShopperClientTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path keys;

    private static ConfigurableApplicationContext identity;

    @BeforeAll
    static void start() {
        identity = IdentityApplication.start(
                "--server.port=0",
                "--millrace.identity.demo=true",
                "--millrace.identity.key-folder=" + keys,
                "--millrace.identity.demo-secret=" + SECRET);
    }

    @AfterAll
    static void stop() {
        identity.close();
        HTTP.close();
    }

    @Test
    void speaksForTheShopperItNamesAndMayOnlyOrder() throws Exception {
        HttpResponse<String> answer = token("shoppers", "&shopper=c-42");
        assertThat(answer.statusCode()).isEqualTo(200);
        JWTClaimsSet claims = claims(answer);
        assertThat(claims.getSubject()).isEqualTo("shopper-c-42");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("shoppers");
        assertThat(claims.getAudience()).containsExactly("millrace");
        assertThat(claims.getStringListClaim("scope")).containsExactlyInAnyOrder("orders:read", "orders:write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&shopper=", "&shopper=A", "&shopper=a%20b", "&shopper=-a", "&shopper=a&shopper=b"})
    void refusesARequestThatNamesNoShopper(String parameters) throws Exception {
        HttpResponse<String> answer = token("shoppers", parameters);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_request");
    }

    @Test
    void refusesANameThatIsTooLong() throws Exception {
        assertThat(token("shoppers", "&shopper=" + "a".repeat(40)).statusCode()).isEqualTo(200);
        assertThat(token("shoppers", "&shopper=" + "a".repeat(41)).statusCode()).isEqualTo(400);
    }

    @Test
    void lendsNoOtherClientAnotherName() throws Exception {
        assertThat(claims(token("customer", "&shopper=c-42")).getSubject()).isEqualTo("customer");
    }

    private static JWTClaimsSet claims(HttpResponse<String> answer) throws Exception {
        Matcher token = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(token.find()).isTrue();
        return SignedJWT.parse(token.group(1)).getJWTClaimsSet();
    }

    private static HttpResponse<String> token(String client, String parameters) throws Exception {
        String basic = Base64.getEncoder().encodeToString((client + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + identity.getEnvironment().getProperty("local.server.port") + "/identity/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials" + parameters))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
