package io.millrace.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.frontdoor.Visitor.Answer;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who gets a request, and what the front door answers by itself. */
class FrontDoorTest {

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.standard();
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/orders, orders",
        "/api/orders?limit=1, orders",
        "/api/orders/7, orders",
        "/api/orders/exports, orders",
        "/api/orders/export, reports",
        "/api/orders/export/7?all, reports",
        "/api/products/, products",
        "http://shop.example:8080/api/products, products"
    })
    void sendsARequestWhereTheLongestPathLeads(String target, String service) throws Exception {
        for (String name : List.of("orders", "reports", "products")) {
            door.add(name, name, (_, connection) -> connection.send(200, name));
        }
        Answer answer = Visitor.get(door.port(), target);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(service);
    }

    @Test
    void passesOnWhatIsAskedAndAnswered() throws Exception {
        Backend orders = door.add(
                "orders", "orders", (_, connection) -> connection.send(201, "{\"id\":7}", "Location: /api/orders/7"));
        Answer answer = Visitor.send(door.port(), "POST", "/api/orders/%7Ea%20b;v=1?x=%2F&y=a+b", "{\"lines\":[]}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("{\"id\":7}");
        assertThat(answer.all("Location")).containsExactly("/api/orders/7");
        assertThat(orders.seen()).hasSize(1);
        assertThat(orders.seen().getFirst().method()).isEqualTo("POST");
        assertThat(orders.seen().getFirst().target()).isEqualTo("/api/orders/%7Ea%20b;v=1?x=%2F&y=a+b");
        assertThat(orders.seen().getFirst().text()).isEqualTo("{\"lines\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void passesOnEveryMethodWithoutABody(String method) throws Exception {
        Backend orders = door.add(
                "orders", "orders", (_, connection) -> connection.write("HTTP/1.1 204 None\r\nETag: \"7\"\r\n\r\n"));
        Answer answer = Visitor.send(door.port(), method, "/api/orders/7", "");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.all("ETag")).containsExactly("\"7\"");
        assertThat(orders.seen()).extracting(Backend.Seen::method).containsExactly(method);
        assertThat(orders.seen().getFirst().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified", "200 OK", "404 Not Found", "503 Unavailable"})
    void passesOnAnswersWithoutABody(String status) throws Exception {
        boolean none = status.startsWith("204") || status.startsWith("304");
        door.add(
                "orders",
                "orders",
                (_, connection) -> connection.write("HTTP/1.1 " + status + "\r\n"
                        + (none ? "" : "Content-Length: 0\r\n") + "Retry-After: 3\r\n\r\n"));
        try (Visitor visitor = new Visitor(door.port())) {
            for (int i = 0; i < 3; i++) {
                Answer answer = visitor.ask("GET", "/api/orders/7", "");
                assertThat(answer.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
                assertThat(answer.all("Retry-After")).containsExactly("3");
                assertThat(answer.text()).isEmpty();
            }
        }
    }

    @Test
    void passesOnTheLengthThatAHeadRequestAsksFor() throws Exception {
        door.add(
                "orders",
                "orders",
                (_, connection) -> connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4711\r\n\r\n"));
        try (Visitor visitor = new Visitor(door.port())) {
            for (int i = 0; i < 2; i++) {
                Answer answer = visitor.ask("HEAD", "/api/orders/7", "");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.all("Content-Length")).containsExactly("4711");
            }
        }
    }

    @Test
    void givesRequestsToReadyInstancesInTurn() throws Exception {
        for (String name : List.of("one", "two", "three")) {
            door.add("orders", name, (_, connection) -> connection.send(200, name));
        }
        door.ready("two", false);
        List<String> answers = answers(20);
        assertThat(answers).containsOnly("one", "three");
        door.ready("two", true);
        door.ready("one", false);
        assertThat(answers(20)).containsOnly("two", "three");
    }

    @Test
    void answers503WithAHintWhenNoInstanceIsReady() throws Exception {
        assertUnavailable(Visitor.get(door.port(), "/api/orders/7"));
        Backend orders = door.add("orders", "orders", (_, connection) -> connection.send(200, ""));
        door.ready("orders", false);
        assertUnavailable(Visitor.send(door.port(), "POST", "/api/orders", "{}"));
        assertThat(orders.seen()).isEmpty();
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.all("Retry-After")).containsExactly("1");
        assertProblem(answer, 503, "service-unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api", "/api/order", "/actuator/health", "/api/ordersx", "//"})
    void answers404WhereNothingIs(String target) throws Exception {
        door.add("orders", "orders", (_, connection) -> connection.send(200, "reached"));
        Answer answer = Visitor.get(door.port(), target);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.all("Content-Type")).containsExactly("application/problem+json");
        assertThat(answer.text()).doesNotContain("reached");
    }

    /** What one side reads as one path and the other as another would get around a rule of either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/products/%2e%2e/orders",
                "/api/products/..%2Forders",
                "/api/products/..;/orders",
                "/api/products%2F..%2Forders",
                "/api/orders/%2e%2e/products",
                "/api/orders%00",
                "/api/orders/%",
                "/api/orders/../../etc/passwd"
            })
    void refusesPathsThatCanBeReadInTwoWays(String target) throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> connection.send(200, "reached"));
        Backend products = door.add("products", "products", (_, connection) -> connection.send(200, "reached"));
        Answer answer = Visitor.get(door.port(), target);
        assertThat(answer.status()).isBetween(400, 404);
        assertThat(orders.seen()).isEmpty();
        assertThat(products.seen()).isEmpty();
    }

    @Test
    void sendsAPathWithDotsWhereItLeadsInTheEnd() throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> connection.send(200, "orders"));
        Backend products = door.add("products", "products", (_, connection) -> connection.send(200, "products"));
        assertThat(Visitor.get(door.port(), "/api/products/../orders/7").text()).isEqualTo("orders");
        assertThat(products.seen()).isEmpty();
        assertThat(orders.seen()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/orders HTTP/1.1\r\n\r\n",
                "GET /api/orders HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /api/orders HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n",
                "POST /api/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "POST /api/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /api/orders HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void refusesMalformedRequests(String request) throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> connection.send(200, "reached"));
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write(request);
            Answer answer = visitor.answer(false);
            assertThat(answer.status()).isBetween(400, 431);
            assertThat(answer.all("Content-Type")).containsExactly("application/problem+json");
            assertThat(JsonMapper.shared().readTree(answer.text()).get("status").asInt())
                    .isEqualTo(answer.status());
        }
        assertThat(orders.seen()).isEmpty();
    }

    @Test
    void refusesATargetThatCanNotBePassedOn() throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> connection.send(200, "reached"));
        assertProblem(Visitor.get(door.port(), "/api/orders?discount=100%"), 400, "invalid-request");
        assertThat(orders.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "?a|b", "?q={\"a\":1}", "?q=%7B%C3%A9&p=a+b&empty=&q=2", "?x=//y?z", ";v=1/b"})
    void passesOnOddTargetsAsTheyAre(String odd) throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> connection.send(200, "reached"));
        assertThat(Visitor.get(door.port(), "/api/orders" + odd).status()).isEqualTo(200);
        assertThat(orders.seen()).extracting(Backend.Seen::target).containsExactly("/api/orders" + odd);
    }

    @Test
    void boundsTheSizeOfARequestsHead() throws Exception {
        door.add("orders", "orders", (_, connection) -> connection.send(200, "reached"));
        assertProblem(Visitor.get(door.port(), "/api/orders", "X-Long: " + "x".repeat(20_000)), 431, "invalid-request");
        assertProblem(Visitor.get(door.port(), "/api/orders?" + "x".repeat(20_000)), 414, "invalid-request");
    }

    @Test
    void saysThatAPortIsTaken() {
        assertThatThrownBy(() -> FrontDoor.open(
                        "127.0.0.1", door.port(), List.of(), Routes.of(new Properties()), new Instances()))
                .isInstanceOf(BindException.class);
    }

    @Test
    void listensWhereItIsToldAndSaysWhere() throws Exception {
        assertThat(door.frontDoor().url()).isEqualTo(URI.create("http://localhost:" + door.port()));
        try (FrontDoor other =
                FrontDoor.open("127.0.0.2", 0, List.of(), Routes.of(new Properties()), new Instances())) {
            assertThat(other.url()).isEqualTo(URI.create("http://127.0.0.2:" + other.port()));
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), other.port()).close())
                    .isInstanceOf(ConnectException.class);
            new Socket(InetAddress.ofLiteral("127.0.0.2"), other.port()).close();
        }
    }

    @Test
    void stopsListeningWhenItIsClosed() throws Exception {
        int port = door.port();
        door.close();
        assertThatThrownBy(() -> new Visitor(port).close()).isInstanceOf(ConnectException.class);
    }

    private List<String> answers(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    try {
                        return Visitor.get(door.port(), "/api/orders/7").text();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.all("Content-Type")).containsExactly("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(answer.text());
        assertThat(problem.get("type").asString()).isEqualTo("urn:millrace:problem:" + code);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
    }
}
