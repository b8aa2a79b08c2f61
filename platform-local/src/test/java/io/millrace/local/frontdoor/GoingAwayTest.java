package io.millrace.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.frontdoor.Visitor.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances come and go while many clients are busy: no request is lost. */
@Timeout(60)
class GoingAwayTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CLIENTS = 16;

    @Test
    void losesNothingWhenOneOfTwoIsKilled() throws Exception {
        try (Door door = Door.standard();
                Load load = new Load(door.port(), true)) {
            Backend dying = door.add("orders", "dying", GoingAwayTest::echo);
            Backend staying = door.add("orders", "staying", GoingAwayTest::echo);
            load.start();
            await().atMost(SOON)
                    .until(() -> dying.seen().size() > 200 && staying.seen().size() > 200);
            dying.close();
            load.awaitEverybodyTwice();
            door.ready("dying", false);
            load.awaitEverybodyTwice();
            load.finish();
        }
    }

    /** A supervisor takes an instance out before it ends it: then not even orders without a key are lost. */
    @Test
    void losesNothingWhenOneOfTwoIsStopped() throws Exception {
        try (Door door = Door.standard();
                Load load = new Load(door.port(), false)) {
            Backend leaving = door.add("orders", "leaving", GoingAwayTest::echo);
            Backend staying = door.add("orders", "staying", GoingAwayTest::echo);
            load.start();
            await().atMost(SOON)
                    .until(() -> leaving.seen().size() > 200 && staying.seen().size() > 200);
            door.ready("leaving", false);
            load.awaitEverybodyTwice(); // the second request of each was begun after that
            int served = leaving.seen().size();
            leaving.close();
            load.awaitEverybodyTwice();
            load.finish();
            assertThat(leaving.seen()).hasSize(served);
        }
    }

    @Test
    void losesNothingWhenOneComesBackAgainAndAgain() throws Exception {
        try (Door door = Door.standard();
                Load load = new Load(door.port(), true)) {
            door.add("orders", "staying", GoingAwayTest::echo);
            load.start();
            for (int i = 0; i < 5; i++) {
                String name = "life-" + i;
                Backend life = door.add("orders", name, GoingAwayTest::echo);
                await().atMost(SOON).until(() -> life.seen().size() > 50);
                life.close();
                load.awaitEverybodyTwice();
                door.ready(name, false);
            }
            load.finish();
        }
    }

    @Test
    void letsRequestsUnderWayEndWhenTheDoorCloses() throws Exception {
        Door door = Door.with(new FrontDoorLimits(1_024, 64, 256, Duration.ofSeconds(1), SOON, SOON));
        int port = door.port();
        CountDownLatch closing = new CountDownLatch(1);
        Backend orders = door.add("orders", "orders", (_, connection) -> {
            assertThat(closing.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            connection.send(200, "done");
        });
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                Visitor visitor = new Visitor(door.port());
                Visitor open = new Visitor(door.port())) {
            assertThat(open.ask("GET", "/nowhere", "").status()).isEqualTo(404);
            visitor.write("GET /api/orders/7 HTTP/1.1\r\nHost: a\r\n\r\n");
            await().atMost(SOON).until(() -> orders.seen().size() == 1);
            Future<?> closed = executor.submit(() -> door.frontDoor().close());
            await().atMost(SOON).until(() -> isRefused(port));
            Visitor.Answer late = open.ask("GET", "/api/orders/8", "");
            assertThat(late.status()).isEqualTo(503);
            assertThat(late.all("Retry-After")).containsExactly("1");
            closing.countDown();
            assertThat(visitor.answer(false).text()).isEqualTo("done");
            closed.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
        orders.close();
    }

    /** A client that never comes to an end must not keep the supervisor from stopping everything else. */
    @Test
    void closesInTimeWhenARequestDoesNotEnd() throws Exception {
        Door door = Door.with(new FrontDoorLimits(1_024, 64, 256, Duration.ofSeconds(1), SOON, Duration.ofMillis(100)));
        int port = door.port();
        CountDownLatch over = new CountDownLatch(1);
        Backend orders = door.add("orders", "orders", (_, _) -> over.await(SOON.toSeconds(), TimeUnit.SECONDS));
        try (Visitor visitor = new Visitor(door.port())) {
            visitor.write("GET /api/orders/7 HTTP/1.1\r\nHost: a\r\n\r\n");
            await().atMost(SOON).until(() -> orders.seen().size() == 1);
            door.frontDoor().close();
            assertThat(isRefused(port)).isTrue();
        } finally {
            over.countDown();
            orders.close();
        }
    }

    private static void echo(Backend.Seen request, Backend.Connection connection) throws IOException {
        connection.send(200, request.text());
    }

    private static boolean isRefused(int port) throws IOException {
        try (Visitor _ = new Visitor(port)) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    /** Clients that ask again and again, each on a connection of its own, and note every answer that is not theirs. */
    private static final class Load implements AutoCloseable {

        private final int port;
        private final boolean keyed;
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final AtomicIntegerArray answered = new AtomicIntegerArray(CLIENTS);
        private final Map<String, String> lost = new ConcurrentHashMap<>();
        private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> clients = new ArrayList<>();

        Load(int port, boolean keyed) {
            this.port = port;
            this.keyed = keyed;
        }

        void start() {
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                clients.add(executor.submit(() -> {
                    ask(client);
                    return client;
                }));
            }
        }

        private void ask(int client) throws IOException {
            try (Visitor visitor = new Visitor(port)) {
                for (int i = 0; going.get(); i++) {
                    String id = client + "-" + i;
                    Answer answer = client % 2 == 0
                            ? visitor.ask("PUT", "/api/orders/" + id, id)
                            : keyed
                                    ? visitor.ask("POST", "/api/orders", id, "Idempotency-Key: " + id)
                                    : visitor.ask("POST", "/api/orders", id);
                    if (answer.status() != 200 || !answer.text().equals(id)) {
                        lost.put(id, answer.status() + " " + answer.text());
                    }
                    answered.incrementAndGet(client);
                }
            } catch (SocketException e) {
                lost.put("connection of " + client, String.valueOf(e.getMessage()));
            }
        }

        /** Each client has begun a request after this call, and got its answer. */
        void awaitEverybodyTwice() {
            int[] before = IntStream.range(0, CLIENTS).map(answered::get).toArray();
            await().atMost(SOON)
                    .until(() -> IntStream.range(0, CLIENTS).allMatch(i -> answered.get(i) >= before[i] + 2));
        }

        void finish() throws Exception {
            going.set(false);
            for (Future<?> client : clients) {
                client.get(SOON.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(lost).isEmpty();
        }

        @Override
        public void close() {
            going.set(false);
            executor.shutdownNow();
        }
    }
}
