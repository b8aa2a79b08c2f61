package io.millrace.local.frontdoor;

import static io.millrace.local.frontdoor.FrontDoorTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.frontdoor.Visitor.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears of an instance that dies, hangs or talks nonsense: always something, and never of work done twice. */
class BrokenInstanceTest {

    private static final long PATIENCE_SECONDS = 20;

    private Door door;

    /** How a connection breaks once a request has been read. */
    enum Break {
        CLOSED {
            @Override
            void on(Backend.Connection connection) throws IOException {
                connection.close();
            }
        },
        RESET {
            @Override
            void on(Backend.Connection connection) throws IOException {
                connection.reset();
            }
        },
        IN_THE_HEAD {
            @Override
            void on(Backend.Connection connection) throws IOException {
                connection.write("HTTP/1.1 200 OK\r\nContent-Le");
                connection.close();
            }
        },
        BEHIND_THE_HEAD {
            @Override
            void on(Backend.Connection connection) throws IOException {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
                connection.close();
            }
        };

        abstract void on(Backend.Connection connection) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        door = Door.with(Door.LIMITS);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheOutcomeOfAnOrderUnknown(Break broken) throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> broken.on(connection));
        Answer answer = Visitor.send(door.port(), "POST", "/api/orders", "{}");
        assertProblem(answer, 502, "outcome-unknown");
        assertThat(answer.all("Retry-After")).containsExactly("1");
        assertThat(orders.seen()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void endsAnOrderThatIsTooLargeToBeSentAgain(Break broken) throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> broken.on(connection));
        Answer answer = Visitor.send(door.port(), "PUT", "/api/orders/7", "x".repeat(2_000));
        assertProblem(answer, 502, "outcome-unknown");
        assertThat(orders.seen()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void isAskedOnceMoreWhatChangesNothingTheSecondTime(String method) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        Backend orders = door.add("orders", "orders", (_, connection) -> {
            if (requests.incrementAndGet() == 1) {
                connection.reset();
            } else {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });
        String body = method.equals("PUT") ? "{\"price\":7}" : "";
        assertThat(Visitor.send(door.port(), method, "/api/orders/7", body).status())
                .isEqualTo(200);
        assertThat(orders.seen()).hasSize(2).allSatisfy(seen -> {
            assertThat(seen.method()).isEqualTo(method);
            assertThat(seen.text()).isEqualTo(body);
        });
    }

    @Test
    void isAskedOnceMoreForAnOrderThatHasAnIdempotencyKey() throws Exception {
        Backend dying = door.add("orders", "dying", (_, connection) -> connection.reset());
        Backend healthy = door.add("orders", "healthy", (request, connection) -> connection.send(201, request.text()));
        for (int i = 0; i < 4; i++) {
            Answer answer = Visitor.send(door.port(), "POST", "/api/orders", "{\"n\":1}", "Idempotency-Key: key-" + i);
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.text()).isEqualTo("{\"n\":1}");
        }
        assertThat(dying.seen()).isNotEmpty();
        assertThat(healthy.seen().stream().flatMap(seen -> seen.all("Idempotency-Key").stream()))
                .containsExactly("key-0", "key-1", "key-2", "key-3");
    }

    @ParameterizedTest
    @EnumSource
    void isAskedTwiceAtMost(Break broken) throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> broken.on(connection));
        assertProblem(Visitor.get(door.port(), "/api/orders/7"), 502, "outcome-unknown");
        assertThat(orders.seen()).hasSize(2);
    }

    /** Half of an answer can't be taken back: the client has to see that it is half. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2000", "Transfer-Encoding: chunked"})
    void breaksTheAnswerThatItHasBegun(String framing) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Backend orders = door.add("orders", "orders", (_, connection) -> {
            String half = "x".repeat(1_000);
            boolean chunked = framing.endsWith("chunked");
            connection.write(
                    "HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n" + (chunked ? "3e8\r\n" + half + "\r\n" : half));
            assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            connection.reset();
        });
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write("GET /api/orders/7 HTTP/1.1\r\nHost: a\r\n\r\n");
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> read(visitor, begun));
            assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).complete())
                    .isFalse();
        }
        assertThat(orders.seen()).hasSize(1);
    }

    private static Answer read(Visitor visitor, CountDownLatch begun) {
        try {
            Answer head = visitor.head();
            begun.countDown();
            return visitor.body(head);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thatNobodyListensForIsPassedOver() throws Exception {
        door.add("orders", "gone", closedPort());
        Backend healthy = door.add("orders", "healthy", (_, connection) -> connection.send(201, ""));
        for (int i = 0; i < 6; i++) {
            assertThat(Visitor.send(door.port(), "POST", "/api/orders", "{}").status())
                    .isEqualTo(201);
        }
        assertThat(healthy.seen()).hasSize(6);
    }

    @Test
    void thatNobodyListensForAndIsTheOnlyOneIsNotReady() throws Exception {
        door.add("orders", "gone", closedPort());
        for (int i = 0; i < 2; i++) {
            Answer answer = Visitor.send(door.port(), "POST", "/api/orders", "{}");
            assertProblem(answer, 503, "service-unavailable");
            assertThat(answer.all("Retry-After")).containsExactly("1");
        }
        Answer streamed = Visitor.send(door.port(), "POST", "/api/orders", "x".repeat(2_000));
        assertProblem(streamed, 503, "service-unavailable");
    }

    /** A connection that was refused has delivered nothing, and does not count as a first try. */
    @Test
    void thatBreaksOnceAfterAnotherRefusedIsAskedOnceMore() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        door.add("orders", "gone", closedPort());
        door.add("orders", "blinking", (_, connection) -> {
            if (requests.incrementAndGet() == 1) {
                connection.reset();
            } else {
                connection.send(200, "");
            }
        });
        assertThat(Visitor.get(door.port(), "/api/orders/7").status()).isEqualTo(200);
        assertThat(requests).hasValue(2);
    }

    @Test
    void thatClosesAnIdleConnectionLosesNoRequest() throws Exception {
        Backend orders = door.add("orders", "orders", (_, connection) -> {
            connection.send(200, "");
            connection.close();
        });
        for (int i = 0; i < 50; i++) {
            assertThat(Visitor.get(door.port(), "/api/orders/7").status()).isEqualTo(200);
        }
        assertThat(orders.seen()).hasSizeGreaterThanOrEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n"
            })
    void thatTalksNonsenseIsNotPassedOn(String nonsense) throws Exception {
        door.add("orders", "orders", (_, connection) -> {
            connection.write(nonsense);
            connection.close();
        });
        assertProblem(Visitor.send(door.port(), "POST", "/api/orders", "{}"), 502, "outcome-unknown");
    }

    @Test
    void thatSaysNothingIsGivenUpAndNotAskedAgain() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Backend orders =
                door.add("orders", "orders", (_, connection) -> over.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        Answer answer = Visitor.get(door.port(), "/api/orders/7");
        assertProblem(answer, 504, "outcome-unknown");
        assertThat(orders.seen()).hasSize(1);
        over.countDown();
    }

    @Test
    void thatFallsSilentInItsAnswerBreaksIt() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        door.add("orders", "orders", (_, connection) -> {
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\nbegun");
            over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
        Answer answer = Visitor.get(door.port(), "/api/orders/7");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.complete()).isFalse();
        over.countDown();
    }

    @Test
    void thatHasTooManyWaitingTurnsTheRestAway() throws Exception {
        door.close();
        door = Door.with(new FrontDoorLimits(
                1_024, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(PATIENCE_SECONDS), Duration.ofMillis(500)));
        CountDownLatch over = new CountDownLatch(1);
        Backend orders = door.add("orders", "orders", (_, connection) -> {
            over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            connection.send(200, "");
        });
        try (Visitor first = new Visitor(door.port());
                Visitor second = new Visitor(door.port())) {
            first.write("GET /api/orders/1 HTTP/1.1\r\nHost: a\r\n\r\n");
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .until(() -> orders.seen().size() == 1);
            second.write("GET /api/orders/2 HTTP/1.1\r\nHost: a\r\n\r\n");
            await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).untilAsserted(() -> {
                Answer third = Visitor.get(door.port(), "/api/orders/3");
                assertProblem(third, 503, "overloaded");
                assertThat(third.all("Retry-After")).containsExactly("1");
            });
            over.countDown();
            assertThat(first.answer(false).status()).isEqualTo(200);
            assertThat(second.answer(false).status()).isEqualTo(200);
        }
    }

    private static int closedPort() throws IOException {
        try (Backend closed = Backend.answering((_, _) -> {})) {
            return closed.port();
        }
    }
}
