package io.millrace.traffic.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadDriverTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void offersAnOpenLoopsOrdersAtItsRateWithKeysAndTokens() throws Exception {
        try (Shop shop = new Shop((exchange, _) -> Shop.answer(exchange, 201, "{\"id\":\"1\"}"))) {
            LoadPlan plan =
                    LoadPlan.of(shop.orders(), new Pace.OpenLoop(100), SHORT).withCustomers(3);
            LoadResult result = run(plan, LoadListener.NONE);
            assertThat(result.offered()).isEqualTo(20);
            assertThat(result.accepted()).isEqualTo(20);
            assertThat(result.answersByStatus()).isEqualTo(Map.of(201, 20L));
            assertThat(result.acceptedLatency().count()).isEqualTo(20);
            assertThat(result.driverProcessor()).isPositive();
            assertThat(shop.seen()).extracting(Shop.Seen::key).containsExactlyInAnyOrderElementsOf(keys(plan, 20));
            assertThat(shop.seen())
                    .extracting(Shop.Seen::authorization)
                    .contains("Bearer token-0", "Bearer token-1", "Bearer token-2");
            assertThat(shop.seen()).extracting(Shop.Seen::body).contains("{\"index\":19}");
        }
    }

    @Test
    void countsTheOrdersItLeavesOutWhileItsBoundIsReached() throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (Shop shop = new Shop((exchange, _) -> {
            if (number.getAndIncrement() > 0) {
                Shop.answer(exchange, 201, "{}");
            }
        })) {
            LoadPlan plan = LoadPlan.of(shop.orders(), new Pace.OpenLoop(50), SHORT)
                    .withMaxInFlight(1)
                    .withAnswerTimeout(Duration.ofMillis(100));
            LoadResult result = run(plan, LoadListener.NONE);
            assertThat(result.timedOut()).isEqualTo(1);
            assertThat(result.notSent()).isPositive();
            assertThat(result.offered()).isEqualTo(10);
            assertAddsUp(result);
        }
    }

    @Test
    void triesAgainWithTheSameKeyAfterARefusalForBeingBusy() throws Exception {
        Map<String, Integer> calls = new ConcurrentHashMap<>();
        try (Shop shop = new Shop((exchange, seen) -> {
            boolean first = calls.merge(seen.key(), 1, Integer::sum) == 1;
            exchange.getResponseHeaders().add("Retry-After", "0");
            Shop.answer(exchange, first ? 503 : 201, "{}");
        })) {
            LoadPlan plan = LoadPlan.of(shop.orders(), new Pace.OpenLoop(50), SHORT)
                    .withRetries(new Retries(3, Duration.ofMillis(1)));
            LoadResult result = run(plan, LoadListener.NONE);
            assertThat(result.accepted()).isEqualTo(10);
            assertThat(result.answersByStatus()).isEqualTo(Map.of(201, 10L, 503, 10L));
            assertThat(calls).hasSize(10);
        }
    }

    @Test
    void countsABusyAnswerAsRefusedWhenItIsNotToTryAgain() throws Exception {
        try (Shop shop = new Shop((exchange, _) -> Shop.answer(exchange, 503, ""))) {
            LoadResult result = run(LoadPlan.of(shop.orders(), new Pace.OpenLoop(50), SHORT), LoadListener.NONE);
            assertThat(result.refused()).isEqualTo(10);
            assertThat(result.refusedLatency().count()).isEqualTo(10);
            assertAddsUp(result);
        }
    }

    @Test
    void keepsAClosedLoopFullUntilItsTimeIsOver() throws Exception {
        AtomicInteger present = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Shop shop = new Shop((exchange, _) -> {
            most.accumulateAndGet(present.incrementAndGet(), Math::max);
            present.decrementAndGet();
            Shop.answer(exchange, 201, "{}");
        })) {
            List<LoadListener.Answer> answers = new ArrayList<>();
            LoadResult result = run(LoadPlan.of(shop.orders(), new Pace.ClosedLoop(4), SHORT), new LoadListener() {
                @Override
                public void answered(Answer answer) {
                    answers.add(answer);
                }
            });
            assertThat(result.accepted()).isGreaterThan(4).isEqualTo(answers.size());
            assertThat(most.get()).isLessThanOrEqualTo(4);
            assertThat(answers).allMatch(answer -> answer.status().equals(Optional.of(201)));
            assertAddsUp(result);
        }
    }

    @Test
    void replacesAConnectionThatWasClosedBetweenTwoOrders() throws Exception {
        try (Shop shop = new Shop((exchange, _) -> {
            exchange.getResponseHeaders().add("Connection", "close");
            Shop.answer(exchange, 201, "{}");
        })) {
            LoadResult result = run(LoadPlan.of(shop.orders(), new Pace.OpenLoop(100), SHORT), LoadListener.NONE);
            assertThat(result.accepted()).isEqualTo(20);
        }
    }

    @Test
    void endsWhenNobodyListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        LoadPlan plan = LoadPlan.of(
                        URI.create("http://127.0.0.1:" + free + "/api/orders"), new Pace.ClosedLoop(2), SHORT)
                .withAnswerTimeout(SHORT);
        LoadResult result = run(plan, LoadListener.NONE);
        assertThat(result.accepted()).isZero();
        assertThat(result.failed()).isPositive();
        assertAddsUp(result);
    }

    @Test
    void followsAcceptedOrdersToTheirEnd() throws Exception {
        Map<String, Integer> looks = new ConcurrentHashMap<>();
        try (Shop shop = new Shop((exchange, seen) -> {
            if (seen.method().equals("POST")) {
                exchange.getResponseHeaders().add("Location", "/api/orders/" + seen.key());
                Shop.answer(exchange, 201, "{\"status\":\"PENDING\"}");
            } else {
                boolean ended = looks.merge(seen.path(), 1, Integer::sum) > 2;
                Shop.answer(exchange, 200, ended ? "{\"status\":\"CONFIRMED\"}" : "{\"status\":\"PENDING\"}");
            }
        })) {
            Following following = new Following(
                    2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20), 100, StatusReader.DECIDED);
            LoadPlan plan =
                    LoadPlan.of(shop.orders(), new Pace.OpenLoop(100), SHORT).withFollowing(following);
            LoadResult result = run(plan, LoadListener.NONE);
            assertThat(result.endings().followed()).isEqualTo(10);
            assertThat(result.endings().byStatus()).isEqualTo(Map.of("CONFIRMED", 10L));
            assertThat(result.endings().unfinished()).isZero();
            assertThat(looks.values()).containsOnly(3);
        }
    }

    @Test
    void countsOrdersThatDoNotEndInTimeAsUnfinished() throws Exception {
        try (Shop shop = new Shop((exchange, seen) -> Shop.answer(
                exchange, seen.method().equals("POST") ? 201 : 200, "{\"id\":\"7\",\"status\":\"PENDING\"}"))) {
            Following following = new Following(
                    1, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(50), 100, StatusReader.DECIDED);
            LoadPlan plan =
                    LoadPlan.of(shop.orders(), new Pace.OpenLoop(50), SHORT).withFollowing(following);
            LoadResult result = run(plan, LoadListener.NONE);
            assertThat(result.endings().unfinished()).isEqualTo(10);
            assertThat(shop.seen()).extracting(Shop.Seen::path).contains("/api/orders/7");
        }
    }

    private static LoadResult run(LoadPlan plan, LoadListener listener) {
        return LoadDriver.run(
                plan,
                (index, _) -> "{\"index\":%d}".formatted(index).getBytes(UTF_8),
                customer -> "token-" + customer,
                listener);
    }

    private static List<String> keys(LoadPlan plan, int number) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            keys.add(plan.key(i));
        }
        return keys;
    }

    private static void assertAddsUp(LoadResult result) {
        assertThat(result.offered())
                .isEqualTo(
                        result.accepted() + result.refused() + result.timedOut() + result.failed() + result.notSent());
    }
}
