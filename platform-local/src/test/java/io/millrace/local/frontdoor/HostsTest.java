package io.millrace.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.frontdoor.Visitor.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names a front door at 127.0.0.1 is called that is also told of {@code shop.example}. */
class HostsTest {

    private Door door;
    private Backend orders;

    @BeforeEach
    void open() throws IOException {
        door = Door.standard();
        orders = door.add("orders", "orders", (_, connection) -> connection.send(200, "reached"));
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LocalHost.",
                "127.0.0.1:8080",
                "[::1]",
                "[::1]:8080",
                "shop.example",
                "Shop.Example:443"
            })
    void areThoseOfThisMachineAndWhatTheSettingAdds(String host) throws Exception {
        assertThat(asked("GET /api/orders HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                        .text())
                .isEqualTo("reached");
        assertThat(orders.seen()).hasSize(1);
        assertThat(orders.seen().getFirst().all("Host").getFirst()).isEqualToIgnoringCase(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example",
                "rebound.example:8080",
                "localhost.rebound.example",
                "127.0.0.1.rebound.example",
                "www.shop.example",
                "127.0.0.2",
                "[::2]"
            })
    void areNoOthers(String host) throws Exception {
        Answer answer = asked("POST /api/orders HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 2\r\n\r\n{}");
        FrontDoorTest.assertProblem(answer, 421, "misdirected-request");
        FrontDoorTest.assertProblem(
                asked("GET http://" + host + "/api/orders HTTP/1.1\r\nHost: " + host + "\r\n\r\n"),
                421,
                "misdirected-request");
        // Also where nothing is, so that a stranger learns nothing.
        FrontDoorTest.assertProblem(
                asked("GET /nowhere HTTP/1.1\r\nHost: " + host + "\r\n\r\n"), 421, "misdirected-request");
        assertThat(orders.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/orders HTTP/1.1\r\nHost:\r\n\r\n",
                "GET http://localhost/api/orders HTTP/1.1\r\nHost: rebound.example\r\n\r\n",
                "GET http://rebound.example/api/orders HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void mustBeNamedWithoutAmbiguity(String request) throws Exception {
        assertThat(asked(request).status()).isIn(400, 421);
        assertThat(orders.seen()).isEmpty();
    }

    private Answer asked(String request) throws IOException {
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write(request);
            return visitor.answer(false);
        }
    }
}
