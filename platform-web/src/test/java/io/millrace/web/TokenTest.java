package io.millrace.web;

import static io.millrace.web.app.Shop.ISSUER;
import static io.millrace.web.app.Shop.json;
import static io.millrace.web.app.Shop.request;
import static io.millrace.web.app.Shop.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.web.app.Shop;
import io.millrace.web.route.RouteRules;
import io.millrace.web.testing.AccessMatrix;
import io.millrace.web.testing.TestIssuer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Who gets in. */
class TokenTest {

    private static HttpResponse<String> whoami(String authorization) {
        return send(request("/whoami").header("Authorization", authorization));
    }

    private static String signed(JWSSigner signer, JWSHeader header, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWTClaimsSet.Builder claims() {
        return ISSUER.claims("customer", "orders:read");
    }

    private static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    static Stream<Arguments> defects() throws JOSEException {
        String good = ISSUER.token("customer", "orders:read");
        String[] parts = good.split("\\.", -1);
        byte[] publicKey = ISSUER.key().toRSAPublicKey().getEncoded();
        JWSHeader header = ISSUER.header().build();
        return Stream.of(
                Arguments.of(
                        "expired",
                        ISSUER.sign(
                                claims().expirationTime(in(Duration.ofMinutes(-1)))
                                        .build(),
                                header)),
                Arguments.of(
                        "without expiry",
                        ISSUER.sign(claims().expirationTime(null).build(), header)),
                Arguments.of(
                        "not valid yet",
                        ISSUER.sign(
                                claims().notBeforeTime(in(Duration.ofMinutes(5)))
                                        .build(),
                                header)),
                Arguments.of(
                        "for another audience",
                        ISSUER.sign(claims().audience("shop").build(), header)),
                Arguments.of(
                        "for no audience",
                        ISSUER.sign(claims().audience(List.of()).build(), header)),
                Arguments.of(
                        "from another issuer",
                        ISSUER.sign(claims().issuer("http://evil.example").build(), header)),
                Arguments.of("from nobody", ISSUER.sign(claims().issuer(null).build(), header)),
                Arguments.of(
                        "without subject", ISSUER.sign(claims().subject(null).build(), header)),
                Arguments.of("unsigned", new PlainJWT(claims().build()).serialize()),
                Arguments.of(
                        "signed by the public key as a secret",
                        signed(
                                new MACSigner(publicKey),
                                new JWSHeader.Builder(JWSAlgorithm.HS256)
                                        .keyID(ISSUER.key().getKeyID())
                                        .build(),
                                claims().build())),
                Arguments.of(
                        "by another key under the id of ours",
                        signed(new RSASSASigner(TestIssuer.newKey()), header, claims().build())),
                Arguments.of(
                        "by a key nobody knows",
                        signed(
                                new RSASSASigner(TestIssuer.newKey()),
                                ISSUER.header().keyID("unknown").build(),
                                claims().build())),
                Arguments.of(
                        "naming no key",
                        ISSUER.sign(
                                claims().build(), ISSUER.header().keyID(null).build())),
                Arguments.of(
                        "by RS512",
                        ISSUER.sign(
                                claims().build(),
                                new JWSHeader.Builder(JWSAlgorithm.RS512)
                                        .keyID(ISSUER.key().getKeyID())
                                        .build())),
                Arguments.of(
                        "by PS256",
                        ISSUER.sign(
                                claims().build(),
                                new JWSHeader.Builder(JWSAlgorithm.PS256)
                                        .keyID(ISSUER.key().getKeyID())
                                        .build())),
                Arguments.of(
                        "of another type",
                        ISSUER.sign(
                                claims().build(),
                                ISSUER.header()
                                        .type(new JOSEObjectType("logout+jwt"))
                                        .build())),
                Arguments.of(
                        "tampered claims",
                        parts[0] + "." + parts[1].substring(0, 30) + "A" + parts[1].substring(31) + "." + parts[2]),
                Arguments.of(
                        "tampered signature",
                        parts[0] + "." + parts[1] + "." + parts[2].substring(0, 20)
                                + (parts[2].charAt(20) == 'A' ? 'B' : 'A') + parts[2].substring(21)),
                Arguments.of("without signature", parts[0] + "." + parts[1] + "."),
                Arguments.of("of two parts", parts[0] + "." + parts[1]),
                Arguments.of(
                        "with a critical header unknown to us",
                        ISSUER.sign(
                                claims().build(),
                                ISSUER.header()
                                        .criticalParams(Set.of("exp"))
                                        .customParam("exp", 1)
                                        .build())),
                Arguments.of("no token at all", "abc"),
                Arguments.of("endless", "a".repeat(9000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void refusesATokenThatIs(String defect, String token) {
        for (int attempt = 0; attempt < 2; attempt++) { // the second must not find it in the cache
            HttpResponse<String> response = whoami("Bearer " + token);

            assertThat(response.statusCode()).as(defect).isEqualTo(401);
            assertThat(json(response).path("code").asString()).isEqualTo("invalid-token");
            assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer")
                    .contains("invalid_token");
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer ", "bearer"})
    void asksForATokenWhereThereIsNone(String header) {
        HttpResponse<String> response = whoami(header);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response).path("code").asString()).isEqualTo("unauthenticated");
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"millrace\"");
    }

    @Test
    void asksForATokenBeforeAnythingElse() {
        HttpResponse<String> response = send(request("/orders").POST(HttpRequest.BodyPublishers.ofString("no json")));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void doesNotTakeATokenFromTheAddress() {
        String token = ISSUER.token("customer");

        assertThat(send(request("/whoami?access_token=" + token)).statusCode()).isEqualTo(401);
    }

    @Test
    void tellsControllersWhoCalls() {
        HttpResponse<String> response = whoami(ISSUER.bearer("customer", "orders:read", "orders:write"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("subject").asString()).isEqualTo("customer");
        assertThat(json(response).path("clientId").asString()).isEqualTo("customer");
        assertThat(json(response).path("scopes").size()).isEqualTo(2);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }

    @Test
    void takesScopesAsAnArrayAndTheTypeOfRfc9068() {
        String token = ISSUER.sign(
                claims().claim("scope", List.of("a", "b")).build(),
                ISSUER.header().type(new JOSEObjectType("at+jwt")).build());

        assertThat(json(whoami("Bearer " + token)).path("scopes").size()).isEqualTo(2);
    }

    @Test
    void knowsACallerOnAnOpenRouteButDoesNotAskForOne() {
        assertThat(json(send(request("/visitors?count=1"))).path("subject").asString())
                .isEqualTo("nobody");
        assertThat(json(send(request("/visitors?count=1").header("Authorization", ISSUER.bearer("customer"))))
                        .path("subject")
                        .asString())
                .isEqualTo("customer");
    }

    @Test
    void namesTheScopesThatWouldDo() {
        HttpResponse<String> response = send(request("/orders")
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", ISSUER.bearer("customer", "orders:read")));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).path("code").asString()).isEqualTo("forbidden");
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("insufficient_scope", "orders:write orders:write:any");
    }

    @Test
    void letsInExactlyWhomTheTableNames() throws IOException, InterruptedException {
        assertThat(new AccessMatrix(Shop.at("/"), ISSUER).violations(Shop.bean(RouteRules.class)))
                .isEmpty();
    }

    @Test
    void startsWithoutItsIssuerAndAnswers503UntilItIsThere() {
        TestIssuer gone = TestIssuer.start();
        gone.close();
        try (ConfigurableApplicationContext service = Shop.run(gone)) {
            HttpResponse<String> response = send(HttpRequest.newBuilder(Shop.at(service, "/whoami"))
                    .header("Authorization", gone.bearer("customer")));

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(json(response).path("code").asString()).isEqualTo("issuer-unavailable");
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
            assertThat(send(HttpRequest.newBuilder(Shop.at(service, "/list"))).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void readsTheKeysOnceForManyTokens() {
        int before = ISSUER.reads();
        whoami(ISSUER.bearer("warm-up"));
        for (int each = 0; each < 20; each++) {
            assertThat(whoami(ISSUER.bearer("customer-" + each)).statusCode()).isEqualTo(200);
        }
        assertThat(ISSUER.reads() - before).isLessThanOrEqualTo(1);
    }
}
