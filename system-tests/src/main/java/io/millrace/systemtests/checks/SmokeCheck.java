package io.millrace.systemtests.checks;

import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.CheckOptions;
import io.millrace.systemtests.CheckedPlatform;
import io.millrace.systemtests.GuaranteeCheck;
import io.millrace.systemtests.Progress;
import io.millrace.systemtests.oracle.Findings;
import io.millrace.systemtests.shop.Answer;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.systemtests.shop.ShopClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** One order of every ending there is, seen from outside as a customer and an analyst see it. */
public final class SmokeCheck implements GuaranteeCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int ENDINGS = 7;

    @Override
    public String name() {
        return "smoke";
    }

    @Override
    public String description() {
        return "one order of every ending, about a minute";
    }

    @Override
    public Outcome run(CheckOptions options, Progress progress) throws Exception {
        PlatformSettings settings = PlatformSettings.throwAway()
                .withSeed(false)
                // Short, so that one can be waited for; long enough for all others.
                .withEnvironment("order-service", "MILLRACE_ORDERS_DEADLINES_ORDER", DEADLINE.toSeconds() + "s");
        Findings findings = new Findings();
        try (CheckedPlatform platform = CheckedPlatform.start(settings, progress)) {
            int seen = new Journeys(platform, progress, findings).all();
            platform.oracle().awaitRest(PATIENCE, findings);
            platform.oracle().check(List.of(), findings);
            findings.require(seen == ENDINGS, "only " + seen + " of " + ENDINGS + " endings were reached");
            return new Outcome(seen, ENDINGS, "endings", findings.violations(), findings.figures());
        }
    }

    /** The journeys, one after the other; each by a customer of its own, as an ending may look suspicious. */
    private static final class Journeys {

        private final CheckedPlatform platform;
        private final ShopClient shop;
        private final Progress progress;
        private final Findings findings;
        private final List<String> reached = new ArrayList<>();

        Journeys(CheckedPlatform platform, Progress progress, Findings findings) {
            this.platform = platform;
            this.shop = platform.shop();
            this.progress = progress;
            this.findings = findings;
        }

        int all() throws InterruptedException, IOException {
            shop.offer(List.of("SMOKE-CHEAP", "SMOKE-FEW"), 1_000, 100, "berlin");
            shop.offer(List.of("SMOKE-DEAR"), 300_000, 100, "berlin");
            shop.offer(List.of("SMOKE-DEAREST"), 1_200_000, 100, "berlin");
            ends("confirmed", 0, OrderBody.of("SMOKE-CHEAP", 2), "CONFIRMED", "");
            ends("out of stock", 1, OrderBody.of("SMOKE-FEW", 101), "REJECTED", "OUT_OF_STOCK");
            ends("declined", 2, OrderBody.of("SMOKE-CHEAP", 1).paidBy("tok_declined"), "REJECTED", "PAYMENT_DECLINED");
            ends("blocked", 3, OrderBody.of("SMOKE-DEAREST", 1), "REJECTED", "FRAUD_BLOCKED");
            held("held, then approved", 4, "approve", "CONFIRMED", "");
            held("held, then refused", 5, "decline", "REJECTED", "REVIEW_DECLINED");
            expires(6);
            findings.figure("endings", List.copyOf(reached));
            return reached.size();
        }

        private void ends(String name, int buyer, OrderBody body, String status, String reason)
                throws InterruptedException, IOException {
            String token = platform.buyers().token(buyer);
            UUID id = shop.place(token, body).id();
            ended(name, shop.await(token, id, status, PATIENCE), status, reason);
        }

        private void held(String name, int buyer, String verdict, String status, String reason)
                throws InterruptedException, IOException {
            String token = platform.buyers().token(buyer);
            String analyst = shop.token("analyst");
            UUID id = shop.place(token, OrderBody.of("SMOKE-DEAR", 1)).id();
            Answer held = shop.await(token, id, "ON_HOLD", PATIENCE);
            findings.require(held.text("status").equals("ON_HOLD"), name + ": was not held: " + held.body());
            String path = "/api/fraud/cases/" + id;
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (shop.get(path, analyst).status() != 200 && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            shop.post(path + "/decision", analyst, "{\"verdict\":\"" + verdict + "\",\"note\":\"smoke\"}")
                    .require(200);
            ended(name, shop.await(token, id, status, PATIENCE), status, reason);
        }

        private void expires(int buyer) throws InterruptedException, IOException {
            String token = platform.buyers().token(buyer);
            platform.process("inventory-service").pause();
            try {
                UUID id = shop.place(token, OrderBody.of("SMOKE-CHEAP", 1)).id();
                ended("expired", shop.await(token, id, "EXPIRED", DEADLINE.plus(PATIENCE)), "EXPIRED", "");
            } finally {
                platform.process("inventory-service").resume();
            }
        }

        private void ended(String name, Answer order, String status, String reason) {
            boolean as = order.text("status").equals(status)
                    && order.text("rejection").equals(reason);
            progress.say(name + ": " + (as ? "yes" : order.body()));
            if (as) {
                reached.add(name);
            }
        }
    }
}
