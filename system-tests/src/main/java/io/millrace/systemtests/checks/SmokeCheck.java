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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One order of every ending there is, seen from outside as a customer, an analyst and an operator see it: followed through to
 * its e-mail, its journey over the topics, and its effect on what is available and recommended.
 */
public final class SmokeCheck implements GuaranteeCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int ENDINGS = 7;
    private static final String SIMILAR = "/api/recommendations/items/SMOKE-CHEAP/similar?limit=10";

    @Override
    public String name() {
        return "smoke";
    }

    @Override
    public String description() {
        return "one order of every ending, with its mail and its journey, about a minute";
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
            shop.offer(List.of("SMOKE-LAST"), 1_000, 3, "berlin");
            shop.offer(List.of("SMOKE-DEAR"), 300_000, 100, "berlin");
            shop.offer(List.of("SMOKE-DEAREST"), 1_200_000, 100, "berlin");
            ends("confirmed", 0, OrderBody.of("SMOKE-CHEAP", 2), "CONFIRMED", "");
            ends("out of stock", 1, OrderBody.of("SMOKE-FEW", 101), "REJECTED", "OUT_OF_STOCK");
            ends("declined", 2, OrderBody.of("SMOKE-CHEAP", 1).paidBy("tok_declined"), "REJECTED", "PAYMENT_DECLINED");
            ends("blocked", 3, OrderBody.of("SMOKE-DEAREST", 1), "REJECTED", "FRAUD_BLOCKED");
            held("held, then approved", 4, "approve", "CONFIRMED", "");
            held("held, then refused", 5, "decline", "REJECTED", "REVIEW_DECLINED");
            expires(6);
            offered();
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

        private void ended(String name, Answer order, String status, String reason)
                throws InterruptedException, IOException {
            boolean as = order.text("status").equals(status)
                    && order.text("rejection").equals(reason);
            progress.say(name + ": " + (as ? "yes" : order.body()));
            if (as) {
                reached.add(name);
                followed(name, order.id(), status);
            }
        }

        /** What others show of an order that has ended. */
        private void followed(String name, UUID id, String status) throws InterruptedException, IOException {
            Answer mails = until(
                    "/mail/messages?text=" + id, page -> !page.path("messages").isEmpty());
            findings.require(
                    mails.json().path("messages").size() == 1, name + ": mails about it are not one: " + mails.body());
            String last = "order." + status.toLowerCase(Locale.ROOT);
            Answer journey = until(
                    "/api/ops/journeys/" + id, page -> types(page).containsAll(List.of(last, "notification.sent")));
            findings.require(
                    types(journey.json()).containsAll(List.of("order.placed", "transaction.initiated", last)),
                    name + ": its journey is " + types(journey.json()));
        }

        private static List<String> types(JsonNode journey) {
            return journey.path("events")
                    .valueStream()
                    .map(event -> event.path("type").asString(""))
                    .toList();
        }

        /** What is available falls by what is confirmed, is back after any other ending, and is never recommended at none. */
        private void offered() throws InterruptedException, IOException {
            available("SMOKE-CHEAP", 100 - 2);
            available("SMOKE-FEW", 100);
            available("SMOKE-DEAREST", 100);
            available("SMOKE-DEAR", 100 - 1);
            for (String visitor : List.of("smoke-1", "smoke-2", "smoke-3")) {
                visit(visitor, "SMOKE-CHEAP", "SMOKE-LAST");
            }
            Answer before = until(SIMILAR, page -> skusViewedTogether(page).contains("SMOKE-LAST"));
            findings.require(
                    skusViewedTogether(before.json()).contains("SMOKE-LAST"),
                    "what was visited together is not similar: " + before.body());
            String token = platform.buyers().token(ENDINGS);
            shop.await(token, shop.place(token, OrderBody.of("SMOKE-LAST", 3)).id(), "CONFIRMED", PATIENCE);
            Answer after = until(SIMILAR, page -> !skus(page).contains("SMOKE-LAST"));
            findings.require(
                    !skus(after.json()).contains("SMOKE-LAST"), "what is sold out is recommended: " + after.body());
            findings.require(!skus(after.json()).isEmpty(), "nothing is recommended: " + after.body());
        }

        private void available(String sku, int units) throws InterruptedException, IOException {
            Answer answer = until(
                    "/api/inventory/" + sku, page -> page.path("available").asInt(-1) == units);
            findings.require(
                    answer.json().path("available").asInt(-1) == units,
                    sku + ": " + units + " should be available: " + answer.body());
        }

        private void visit(String visitor, String... skus) throws InterruptedException, IOException {
            String clicks = Arrays.stream(skus)
                    .map(sku -> "{\"eventId\":\"%s\",\"type\":\"item-viewed\",\"visitorId\":\"%s\",\"sku\":\"%s\"}"
                            .formatted(UUID.randomUUID(), visitor, sku))
                    .collect(Collectors.joining(","));
            shop.post("/api/clickstream", shop.token("customer"), "{\"events\":[" + clicks + "]}")
                    .require(202);
        }

        private static List<String> skus(JsonNode recommendations) {
            return recommendations
                    .path("items")
                    .valueStream()
                    .map(item -> item.path("sku").asString(""))
                    .toList();
        }

        /** Without what is there for lack of anything better, such as what is trending. */
        private static List<String> skusViewedTogether(JsonNode recommendations) {
            return recommendations
                    .path("items")
                    .valueStream()
                    .filter(item -> item.path("reason")
                                    .path("code")
                                    .asString("")
                                    .equals("VIEWED_TOGETHER")
                            && item.path("reason").path("seedSku").asString("").equals("SMOKE-CHEAP"))
                    .map(item -> item.path("sku").asString(""))
                    .toList();
        }

        /** What an operator is shown, as soon as it is as wanted, or at the end of patience. */
        private Answer until(String path, Predicate<JsonNode> wanted) throws InterruptedException, IOException {
            String operator = shop.token("operator");
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                Answer answer = shop.get(path, operator);
                if (wanted.test(answer.json()) || System.nanoTime() > end) {
                    return answer;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
