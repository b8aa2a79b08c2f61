package io.millrace.web;

import static io.millrace.web.app.Shop.ISSUER;
import static io.millrace.web.app.Shop.ORDER;
import static io.millrace.web.app.Shop.json;
import static io.millrace.web.app.Shop.placing;
import static io.millrace.web.app.Shop.request;
import static io.millrace.web.app.Shop.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.web.app.Shop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to refuse a request that has nothing to do with its token or the fields of its body. */
class HttpTest {

    private static HttpResponse<String> expect(int status, String code, HttpRequest.Builder request) {
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).path("code").asString()).isEqualTo(code);
        assertThat(json(response).path("type").asString()).isEqualTo("urn:millrace:problem:" + code);
        assertThat(json(response).path("status").asInt()).isEqualTo(status);
        assertThat(json(response).path("title").asString()).isNotBlank();
        return response;
    }

    private static String field(HttpResponse<String> response) {
        return json(response).path("errors").path(0).path("field").asString();
    }

    private static HttpRequest.Builder as(String scope, HttpRequest.Builder request) {
        return request.header("Authorization", ISSUER.bearer("customer", scope));
    }

    @Test
    void answers404WhereThereIsNoRoute() {
        expect(404, "not-found", request("/nothing/here"));
        expect(404, "not-found", as("orders:read", request("/error")));
        expect(404, "not-found", request("/actuator/health"));
    }

    @Test
    void answers405AndNamesTheMethodsOfTheRoute() {
        HttpResponse<String> response =
                expect(405, "method-not-allowed", request("/orders/7").DELETE());

        assertThat(response.headers().firstValue("Allow")).contains("PUT, GET");
    }

    @Test
    void answersHeadWhereItAnswersGet() {
        assertThat(send(request("/list").HEAD()).statusCode()).isEqualTo(200);
    }

    @Test
    void answers406WhenTheClientTakesNothingItHas() {
        expect(406, "not-acceptable", request("/csv").header("Accept", "image/png"));
    }

    @Test
    void answers415ToABodyThatIsNoJson() {
        HttpResponse<String> response =
                expect(415, "unsupported-media-type", placing(ORDER).setHeader("Content-Type", "text/xml"));

        assertThat(response.headers().firstValue("Accept").orElseThrow()).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(ints = {70_000, 1_500_000})
    void answers413ToABodyThatSaysItIsTooLarge(int size) {
        HttpResponse<String> response = expect(413, "body-too-large", placing(" ".repeat(size)));

        assertThat(response.headers().firstValue("Connection")).contains("close");
    }

    @Test
    void answers413ToABodyThatTurnsOutTooLarge() {
        byte[] body = ("{\"note\":\"" + "x".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        expect(
                413,
                "body-too-large",
                placing("").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    @Test
    void takesALargerBodyWhereTheRouteSaysSo() {
        byte[] body = " ".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder sized = as("catalogue:write", request("/imports").POST(BodyPublishers.ofByteArray(body)));
        HttpRequest.Builder chunked = as(
                "catalogue:write",
                request("/imports").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(json(send(sized)).path("length").asInt()).isEqualTo(200_000);
        assertThat(json(send(chunked)).path("length").asInt()).isEqualTo(200_000);
    }

    @Test
    void goesOnServingAConnectionAfterARefusal() throws IOException {
        String refused = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
        String served = "GET /list?limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Shop.at("/").getPort())) {
            socket.getOutputStream().write((refused + served).getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answers).contains("HTTP/1.1 404", "HTTP/1.1 200");
        }
    }

    @Test
    void answersTheContainersOwnRefusalsAsProblemsToo() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Shop.at("/").getPort())) {
            socket.getOutputStream()
                    .write("GET /orders/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "urn:millrace:problem:");
            assertThat(answer).doesNotContain("Tomcat", "html");
        }
    }

    @Test
    void refusesU0000InParameters() {
        HttpResponse<String> response = expect(400, "invalid-request", request("/list?limit=1&cursor=a%00"));

        assertThat(field(response)).isEqualTo("cursor");
    }

    @ParameterizedTest
    @CsvSource({"/visitors?count=x,count", "/visitors,count", "/visitors?count=0,count", "/header,X-Needed"})
    void namesTheParameterOrHeaderThatIsWrong(String path, String name) {
        assertThat(field(expect(400, "invalid-request", request(path)))).isEqualTo(name);
    }

    @Test
    void namesThePathVariableThatIsWrong() {
        HttpResponse<String> response = expect(400, "invalid-request", as("orders:read", request("/orders/no-uuid")));

        assertThat(field(response)).isEqualTo("id");
    }

    @Test
    void answersAServicesOwnProblemWithItsMembers() {
        String id = "0198e1f0-0000-7000-8000-000000000001";
        HttpResponse<String> response = expect(404, "order-not-found", as("orders:read", request("/orders/" + id)));

        assertThat(json(response).path("orderId").asString()).isEqualTo(id);
    }

    @Test
    void requiresAnIdempotencyKey() {
        HttpRequest.Builder none = as(
                "orders:write",
                request("/orders").POST(BodyPublishers.ofString(ORDER)).header("Content-Type", "application/json"));

        assertThat(field(expect(400, "idempotency-key-missing", none))).isEqualTo("Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "LONG"})
    void refusesAnIdempotencyKeyThatIsNotVisibleAscii(String key) {
        String value = key.equals("LONG") ? "k".repeat(256) : key;

        expect(400, "idempotency-key-invalid", placing(ORDER).setHeader("Idempotency-Key", value));
    }

    @Test
    void refusesTwoIdempotencyKeys() {
        expect(400, "idempotency-key-invalid", placing(ORDER).header("Idempotency-Key", "k2"));
    }

    @Test
    void changesOnlyTheVersionThatIsExpected() {
        HttpRequest.Builder blind = as("orders:write", request("/orders/1").PUT(BodyPublishers.noBody()));
        expect(428, "precondition-required", blind);
        expect(412, "precondition-failed", blind.copy().header("If-Match", "\"6\""));
        expect(412, "precondition-failed", blind.copy().header("If-Match", "W/\"7\""));
        assertThat(send(blind.copy().header("If-Match", "\"6\", \"7\"")).statusCode())
                .isEqualTo(200);
        assertThat(send(blind.copy().header("If-Match", "*")).statusCode()).isEqualTo(200);
    }

    @Test
    void walksAListPageByPage() {
        int items = 0;
        int pages = 0;
        Optional<String> cursor = Optional.empty();
        do {
            HttpResponse<String> page =
                    send(request("/list" + cursor.map(next -> "?cursor=" + next).orElse("")));
            items += json(page).path("items").size();
            pages++;
            cursor = Optional.ofNullable(json(page).path("next").asString(null));
        } while (cursor.isPresent());

        assertThat(items).isEqualTo(120);
        assertThat(pages).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "limit=-1", "cursor=*", "cursor=", "cursor=AA"})
    void refusesABadPage(String query) {
        expect(400, "invalid-request", request("/list?" + query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unexpected", "later", "bad-sql", "empty-null"})
    void showsNothingOfAnUnexpectedFailureButAnId(String kind) {
        HttpResponse<String> response = expect(500, "internal-error", request("/failures/" + kind));

        assertThat(json(response).path("correlationId").asString()).hasSize(36);
        assertThat(response.body()).doesNotContain("secret", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-connection", "shutdown", "slow"})
    void answers503WhenTheDatabaseIsAway(String kind) {
        HttpResponse<String> response = expect(503, "database-unavailable", request("/failures/" + kind));

        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void answers409ToTheLoserOfAConcurrentUpdate() {
        expect(409, "concurrent-update", request("/failures/concurrent"));
    }

    @Test
    void showsOnlyHealthAndMetricsOnTheManagementPort() {
        assertThat(send(HttpRequest.newBuilder(Shop.managementAt("/actuator/health/readiness")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(Shop.managementAt("/actuator/health/liveness")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(Shop.managementAt("/actuator/prometheus")))
                        .body())
                .contains("jvm_memory");
        assertThat(send(HttpRequest.newBuilder(Shop.managementAt("/actuator/env")))
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(send(HttpRequest.newBuilder(Shop.managementAt("/orders"))).statusCode())
                .isGreaterThanOrEqualTo(400);
    }
}
