package io.millrace.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.frontdoor.Visitor.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in both directions: what is held, what is streamed, and that not a byte of either changes. */
class BodiesTest {

    private static final int HELD = FrontDoorLimits.standard().heldBody();
    private static final long PATIENCE_SECONDS = 20;

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
    @ValueSource(ints = {1, 1_000, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 300_000, 5_000_000})
    void arriveWholeAtAnyLength(int length) throws Exception {
        assertThat(HELD).isEqualTo(64 * 1024);
        Backend orders = door.add("orders", "orders", (request, connection) -> connection.send(200, request.text()));
        String body = text(length);
        Answer answer = Visitor.send(door.port(), "POST", "/api/orders", body, "Content-Type: text/plain");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(body);
        Backend.Seen seen = orders.seen().getFirst();
        assertThat(seen.text()).isEqualTo(body);
        assertThat(seen.all("Content-Length")).containsExactly(Integer.toString(length));
        assertThat(seen.all("Content-Type")).containsExactly("text/plain");
        assertThat(seen.all("Transfer-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100_000})
    void arriveWholeWhenTheirLengthIsUnknown(int length) throws Exception {
        Backend orders = door.add("orders", "orders", (request, connection) -> connection.send(200, request.text()));
        String body = text(length);
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write("POST /api/orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            visitor.write(Integer.toHexString(length) + "\r\n" + body + "\r\n0\r\n\r\n");
            assertThat(visitor.answer(false).text()).isEqualTo(body);
        }
        assertThat(orders.seen().getFirst().all("Transfer-Encoding")).containsExactly("chunked");
        assertThat(orders.seen().getFirst().all("Content-Length")).isEmpty();
    }

    @Test
    void mayBeEmpty() throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> connection.send(200, ""));
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write("POST /api/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(visitor.answer(false).status()).isEqualTo(200);
            visitor.write("POST /api/orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            assertThat(visitor.answer(false).status()).isEqualTo(200);
        }
        assertThat(orders.seen())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen.body()).isEmpty());
    }

    @Test
    void occupyNoInstanceWhileASlowClientSendsThem() throws Exception {
        Backend orders = door.add("orders", "orders", (request, connection) -> connection.send(200, request.text()));
        try (Visitor slow = new Visitor(door.port())) {
            slow.write("POST /api/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
            assertThat(Visitor.send(door.port(), "POST", "/api/orders", "fast").text())
                    .isEqualTo("fast");
            assertThat(orders.seen()).extracting(Backend.Seen::text).containsExactly("fast");
            slow.write("cd");
            assertThat(slow.answer(false).text()).isEqualTo("abcd");
        }
    }

    @Test
    void areStreamedAsTheyComeWhenTheyAreLarge() throws Exception {
        CompletableFuture<Integer> begun = new CompletableFuture<>();
        door.add("orders", "orders", Backend.handling((connection, in) -> {
            while (!Backend.line(in).isEmpty()) {
                // the head
            }
            begun.complete(in.read());
            in.readNBytes(HELD + 1);
            connection.send(200, "");
        }));
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write("POST /api/orders HTTP/1.1\r\nHost: a\r\nContent-Length: " + (HELD + 2) + "\r\n\r\n{");
            assertThat(begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo('{');
            visitor.write(text(HELD + 1));
            assertThat(visitor.answer(false).status()).isEqualTo(200);
        }
    }

    @Test
    void areAskedForWhenTheClientWaitsForThat() throws Exception {
        Backend orders = door.add("orders", "orders", (request, connection) -> connection.send(200, request.text()));
        try (Visitor visitor = new Visitor(door.port())) {
            for (int length : new int[] {10, HELD + 1}) {
                visitor.write("POST /api/orders HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
                        + length + "\r\n\r\n");
                assertThat(visitor.head().status()).isEqualTo(100);
                visitor.write(text(length));
                assertThat(visitor.answer(false).text()).isEqualTo(text(length));
            }
        }
        assertThat(orders.seen()).allSatisfy(seen -> assertThat(seen.names()).doesNotContain("expect"));
    }

    @Test
    void ofAnswersAreStreamedAsTheyCome() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        door.add("orders", "orders", (_, connection) -> {
            connection.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.write("6\r\none\r\n\n\r\n");
            assertThat(read.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            connection.write("3\r\ntwo\r\n0\r\n\r\n");
        });
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write("GET /api/orders/events HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(visitor.head().all("Content-Type")).containsExactly("text/event-stream");
            assertThat(visitor.line()).isEqualTo("6");
            assertThat(visitor.line()).isEqualTo("one");
            read.countDown();
            assertThat(visitor.line()).isEmpty();
            assertThat(visitor.line()).isEmpty();
            assertThat(visitor.line()).isEqualTo("3");
            assertThat(visitor.line()).isEqualTo("two");
        }
    }

    @Test
    void ofAnswersWhoseEndIsTheConnectionsEndArriveWhole() throws Exception {
        String body = text(200_000);
        door.add("orders", "orders", (_, connection) -> {
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body);
            connection.close();
        });
        Answer answer = Visitor.get(door.port(), "/api/orders/7");
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.complete()).isTrue();
    }

    @Test
    void stayCompressed() throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text(10_000).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = compressed.toByteArray();
        door.add("orders", "orders", (_, connection) -> {
            connection.write(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bytes.length + "\r\n\r\n");
            connection.socket().getOutputStream().write(bytes);
        });
        Answer answer = Visitor.get(door.port(), "/api/orders/7", "Accept-Encoding: gzip");
        assertThat(answer.all("Content-Encoding")).containsExactly("gzip");
        assertThat(answer.body()).isEqualTo(bytes);
    }

    @Test
    void thatAreRefusedUnreadLeaveTheRefusalToTheClient() throws Exception {
        Answer answer = Visitor.send(door.port(), "POST", "/api/orders", text(HELD));
        FrontDoorTest.assertProblem(answer, 503, "service-unavailable");
        Answer large = Visitor.send(door.port(), "POST", "/api/orders", text(HELD + 1));
        FrontDoorTest.assertProblem(large, 503, "service-unavailable");
    }

    @Test
    void thatAnInstanceRefusesEarlyGetItsAnswer() throws Exception {
        door.add("orders", "orders", Backend.handling((connection, in) -> {
            while (!Backend.line(in).isEmpty()) {
                // the head
            }
            connection.send(413, "too large");
            in.transferTo(OutputStream.nullOutputStream());
        }));
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write("POST /api/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + text(1_000));
            Answer answer = visitor.answer(false);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).isEqualTo("too large");
        }
    }

    @Test
    void thatTheClientNeverFinishesReachNoInstance() throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> connection.send(200, "reached"));
        try (Visitor gone = new Visitor(door.port())) {
            gone.write("POST /api/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
        }
        assertThat(Visitor.get(door.port(), "/api/orders/7").text()).isEqualTo("reached");
        assertThat(orders.seen()).extracting(Backend.Seen::method).containsExactly("GET");
    }

    /** Half of an upload must not look like a whole one. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"})
    void thatTheClientBreaksOffInTheMiddleBreakForTheInstanceToo(String half) throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        door.add("orders", "orders", Backend.handling((_, in) -> {
            StringBuilder all = new StringBuilder();
            try {
                for (int next = in.read(); next >= 0; next = in.read()) {
                    all.append((char) next);
                    if (all.indexOf("half") >= 0) {
                        begun.countDown();
                    }
                }
            } finally { // however it ended
                received.complete(all.toString());
            }
        }));
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write("POST /api/orders HTTP/1.1\r\nHost: a\r\n" + half);
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(received.get(20, TimeUnit.SECONDS)).contains("half").doesNotEndWith("0\r\n\r\n");
    }

    private static String text(int length) {
        return "0123456789abcdef".repeat(length / 16 + 1).substring(0, length);
    }
}
