package io.millrace.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.frontdoor.Visitor.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers go through, looked at on both sides of the front door. */
class HeadersTest {

    private Door door;
    private Backend orders;

    @BeforeEach
    void open() throws IOException {
        door = Door.standard();
        orders = door.add("orders", "orders", (_, connection) -> connection.send(200, ""));
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    @Test
    void addNothingButWhereTheRequestCameFrom() throws Exception {
        Backend.Seen seen =
                sent("Authorization: Bearer token", "Idempotency-Key: 7", "X-Correlation-Id: 8", "Cookie: a=b");
        assertThat(seen.names())
                .containsExactlyInAnyOrder(
                        "host",
                        "authorization",
                        "idempotency-key",
                        "x-correlation-id",
                        "cookie",
                        "x-forwarded-for",
                        "x-forwarded-proto",
                        "x-forwarded-host");
        assertThat(seen.all("Host")).containsExactly("shop.example:8080");
        assertThat(seen.all("Authorization")).containsExactly("Bearer token");
        assertThat(seen.all("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(seen.all("X-Forwarded-Proto")).containsExactly("http");
        assertThat(seen.all("X-Forwarded-Host")).containsExactly("shop.example:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 203.0.113.9",
                "x-forwarded-for: 203.0.113.9",
                "X-Forwarded-Host: 203.0.113.9",
                "X-Forwarded-Proto: 203.0.113.9",
                "X-Forwarded-Port: 203.0.113.9",
                "X-Forwarded-Server: 203.0.113.9",
                "X-Forwarded-Prefix: /203.0.113.9",
                "X-Forwarded-Ssl: 203.0.113.9",
                "X-Forwarded-User: 203.0.113.9",
                "Forwarded: for=203.0.113.9;host=203.0.113.9",
                "Forwarded: for=\"[2001:db8::1]\", for=203.0.113.9"
            })
    void believeNobodyWhoSaysWhereARequestCameFrom(String spoofed) throws Exception {
        Backend.Seen seen = sent(spoofed, spoofed);
        assertThat(seen.fields()).noneMatch(field -> field.contains("203.0.113.9"));
        assertThat(seen.all("X-Forwarded-For")).containsExactly("127.0.0.1");
    }

    @Test
    void keepToOneConnectionWhatIsForOneConnection() throws Exception {
        Backend.Seen seen = sent(
                "Connection: keep-alive, Upgrade, X-Own",
                "Connection: X-Other, HTTP2-Settings",
                "Keep-Alive: timeout=5",
                "Proxy-Authorization: Basic abc",
                "Proxy-Connection: keep-alive",
                "TE: trailers",
                "Trailer: X-Sum",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
                "X-Own: 1",
                "x-other: 2",
                "X-Third: 3");
        assertThat(seen.names())
                .doesNotContain(
                        "connection",
                        "keep-alive",
                        "proxy-authorization",
                        "proxy-connection",
                        "te",
                        "trailer",
                        "upgrade",
                        "http2-settings",
                        "x-own",
                        "x-other")
                .contains("x-third");
    }

    @Test
    void keepSeveralFieldsOfOneName() throws Exception {
        assertThat(sent("X-Tag: a", "Accept: text/html", "X-Tag: b").all("X-Tag"))
                .containsExactly("a", "b");
    }

    @Test
    void askForNoCompressionOnAClientsBehalf() throws Exception {
        assertThat(sent().names()).doesNotContain("accept-encoding", "user-agent");
        assertThat(sent("Accept-Encoding: br", "User-Agent: shop/1").all("Accept-Encoding"))
                .containsExactly("br");
        assertThat(orders.seen().getLast().all("User-Agent")).containsExactly("shop/1");
    }

    @Test
    void ofAnAnswerGoThroughApartFromThoseOfItsConnection() throws Exception {
        door.add(
                "products",
                "products",
                (_, connection) -> connection.send(
                        200,
                        "{}",
                        "Connection: X-Own, keep-alive",
                        "Keep-Alive: timeout=20",
                        "Proxy-Authenticate: Basic",
                        "X-Own: 1",
                        "Set-Cookie: a=b",
                        "Set-Cookie: c=d",
                        "Server: a secret",
                        "Date: Mon, 01 Jan 2024 00:00:00 GMT",
                        "WWW-Authenticate: Bearer",
                        "ETag: \"7\""));
        Answer answer = Visitor.get(door.port(), "/api/products/TEA");
        assertThat(answer.fields())
                .containsExactlyInAnyOrder(
                        "Set-Cookie: a=b",
                        "Set-Cookie: c=d",
                        "Server: a secret",
                        "Date: Mon, 01 Jan 2024 00:00:00 GMT",
                        "WWW-Authenticate: Bearer",
                        "ETag: \"7\"",
                        "Content-Length: 2");
    }

    @Test
    void keepNoCookiesOfOneClientForAnother() throws Exception {
        door.add("products", "products", (_, connection) -> connection.send(200, "", "Set-Cookie: session=1; Path=/"));
        Visitor.get(door.port(), "/api/products/TEA");
        assertThat(sent().names()).doesNotContain("cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"301 Moved", "302 Found", "307 Redirect", "401 Unauthorized", "407 Proxy"})
    void leaveRedirectsAndLoginsToTheClient(String status) throws Exception {
        door.add(
                "products",
                "products",
                (_, connection) -> connection.write("HTTP/1.1 " + status
                        + "\r\nLocation: http://127.0.0.1:" + orders.port() + "/api/orders\r\n"
                        + "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"));
        Answer answer = Visitor.get(door.port(), "/api/products/TEA");
        assertThat(answer.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(answer.all("Location")).hasSize(1);
        assertThat(orders.seen()).isEmpty();
    }

    private Backend.Seen sent(String... fields) throws IOException {
        Answer answer = Visitor.get(door.port(), "/api/orders/7", fields);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return orders.seen().getLast();
    }
}
