package io.millrace.systemtests.checks;

import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.CheckOptions;
import io.millrace.systemtests.CheckedPlatform;
import io.millrace.systemtests.GuaranteeCheck;
import io.millrace.systemtests.Progress;
import io.millrace.systemtests.oracle.Findings;
import io.millrace.systemtests.oracle.Oracle;
import io.millrace.systemtests.oracle.Tables;
import io.millrace.systemtests.shop.Answer;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.systemtests.shop.ShopClient;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One key, one order: in parallel, with another body, from another customer, across a restart, with the database away. */
public final class IdempotencyCheck implements GuaranteeCheck {

    private static final int PARALLEL = 50;
    private static final int ROUNDS = 20;
    private static final Duration REST = Duration.ofSeconds(60);
    private static final OrderBody BODY = OrderBody.of("ONCE", 1);

    @Override
    public String name() {
        return "idempotency";
    }

    @Override
    public String description() {
        return "one key sent 50 times at once and through faults, about 2 minutes; --runs sets the rounds";
    }

    @Override
    public Outcome run(CheckOptions options, Progress progress) throws Exception {
        Findings findings = new Findings();
        // Two instances: the same key may come to both at once.
        PlatformSettings settings = PlatformSettings.throwAway().withSeed(false).withInstances("order-service", 2);
        try (CheckedPlatform platform = CheckedPlatform.start(settings, progress);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            platform.shop().offer(List.of("ONCE"), 1_000, 1_000, "berlin");
            Trial trial = new Trial(platform, findings, callers, progress);
            int rounds = options.runs().orElse(ROUNDS);
            for (int round = 0; round < rounds; round++) {
                trial.inParallel(round);
            }
            progress.say(rounds + " keys sent " + PARALLEL + " times at once");
            trial.withAnotherBody();
            trial.byAnotherCustomer();
            trial.acrossARestart();
            trial.withTheDatabasePaused();
            findings.figure("rounds", rounds);
            Oracle oracle = platform.oracle();
            oracle.awaitRest(REST, findings);
            oracle.check(List.of(), findings);
            return Outcome.ofViolations(findings.violations(), findings.figures());
        }
    }

    private static final class Trial {

        private final CheckedPlatform platform;
        private final ShopClient shop;
        private final Tables orders;
        private final Findings findings;
        private final ExecutorService callers;
        private final Progress progress;

        Trial(CheckedPlatform platform, Findings findings, ExecutorService callers, Progress progress) {
            this.platform = platform;
            this.shop = platform.shop();
            this.orders = new Tables(platform.platform().database("order-service"));
            this.findings = findings;
            this.callers = callers;
            this.progress = progress;
        }

        void inParallel(int round) throws Exception {
            int buyer = 100 + round;
            String key = "parallel-" + round;
            List<Answer> answers = atOnce(() -> shop.place(platform.buyers().token(buyer), key, BODY));
            Set<String> ids = new HashSet<>();
            for (Answer answer : answers) {
                Answer last = answer.status() == 201 ? answer : again(buyer, key, answer);
                if (last.status() == 201) {
                    ids.add(last.text("id"));
                }
            }
            findings.require(ids.size() == 1, key + " led to " + ids.size() + " orders");
            oneOrder(buyer);
        }

        /** What is not answered by the order is answered by a request to come again, and then by it. */
        private Answer again(int buyer, String key, Answer first) throws InterruptedException, IOException {
            findings.require(
                    first.status() == 409 || first.status() == 503,
                    key + " was answered " + first.status() + ": " + first.body());
            Answer answer = first;
            for (int tries = 0; tries < 50 && answer.status() != 201; tries++) {
                TimeUnit.MILLISECONDS.sleep(200);
                answer = shop.place(platform.buyers().token(buyer), key, BODY);
            }
            findings.require(answer.status() == 201, key + " is still answered " + answer.status());
            return answer;
        }

        void withAnotherBody() throws InterruptedException, IOException, SQLException {
            String token = platform.buyers().token(1);
            shop.place(token, "changed", BODY).require(201);
            Answer changed = shop.place(token, "changed", OrderBody.of("ONCE", 2));
            findings.require(changed.status() == 422, "a changed body was answered " + changed.status());
            oneOrder(1);
            progress.say("a changed body: " + changed.status() + " " + changed.text("code"));
        }

        void byAnotherCustomer() throws InterruptedException, IOException, SQLException {
            Answer first =
                    shop.place(platform.buyers().token(2), "shared", BODY).require(201);
            Answer second =
                    shop.place(platform.buyers().token(3), "shared", BODY).require(201);
            findings.require(!first.id().equals(second.id()), "a customer was shown another's order");
            Answer foreign = shop.order(platform.buyers().token(3), first.id());
            findings.require(foreign.status() == 404, "another's order was answered " + foreign.status());
            oneOrder(2);
            oneOrder(3);
            progress.say("another customer's key: an order of his own");
        }

        void acrossARestart() throws InterruptedException, IOException, SQLException {
            String token = platform.buyers().token(4);
            Answer before = shop.place(token, "restart", BODY).require(201);
            platform.killAndAwait("order-service");
            platform.killAndAwait("order-service-2");
            Answer after = shop.place(token, "restart", BODY);
            findings.require(
                    after.status() == 201 && after.text("id").equals(before.text("id")),
                    "after a restart: " + after.status() + " " + after.body());
            findings.require(
                    after.header("Location").equals(before.header("Location")), "Location differs after a restart");
            oneOrder(4);
        }

        void withTheDatabasePaused() throws InterruptedException, IOException, SQLException, ExecutionException {
            String token = platform.buyers().token(5);
            platform.process("postgres").pause();
            long slowest = 0;
            try {
                for (int tries = 0; tries < 5; tries++) {
                    long began = System.nanoTime();
                    Answer away = shop.place(token, "paused", BODY);
                    slowest = Math.max(slowest, System.nanoTime() - began);
                    findings.require(away.status() == 503, "with the database paused: " + away.status());
                    findings.require(away.header("Retry-After").isPresent(), "503 without Retry-After");
                }
            } finally {
                platform.process("postgres").resume();
            }
            double seconds = slowest / 1e9;
            progress.say(String.format(Locale.ROOT, "the database paused: 503 within %.1f s", seconds));
            findings.figure("paused_503_s", Math.round(seconds * 100) / 100.0);
            findings.require(seconds <= 2.0, "with the database paused, 503 took " + seconds + " s");
            again(5, "paused", new Answer(503, HttpHeaders.of(Map.of(), (_, _) -> true), ""));
            oneOrder(5);
        }

        private List<Answer> atOnce(Callable<Answer> call) throws InterruptedException, ExecutionException {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < PARALLEL; i++) {
                calls.add(call);
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : callers.invokeAll(calls)) {
                answers.add(future.get());
            }
            return answers;
        }

        private void oneOrder(int buyer) throws SQLException {
            long count = orders.number("select count(*) from orders where customer_id = '"
                    + platform.buyers().name(buyer) + "'");
            findings.require(count == 1, platform.buyers().name(buyer) + " has " + count + " orders");
        }
    }
}
