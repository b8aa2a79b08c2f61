package io.millrace.systemtests.checks;

import io.millrace.events.catalogue.Topics;
import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.CheckOptions;
import io.millrace.systemtests.CheckedPlatform;
import io.millrace.systemtests.GuaranteeCheck;
import io.millrace.systemtests.Progress;
import io.millrace.systemtests.oracle.Findings;
import io.millrace.systemtests.oracle.Log;
import io.millrace.systemtests.shop.Answer;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.systemtests.shop.ShopClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Orders of every kind; five seconds after each has ended, monitoring is asked for its journey. Afterwards the topics tell
 * which events of that order they had held for five seconds when it was asked: all of them must have been shown. When all is
 * at rest, every journey is asked for again and must show everything, from the placing to the mail.
 */
public final class JourneyCheck implements GuaranteeCheck {

    private static final int ORDERS = 300;
    private static final int PER_SECOND = 10;
    private static final int PRODUCTS = 20;
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "journey";
    }

    @Override
    public String description() {
        return "each event of an order shown by monitoring within 5 s, about 2 minutes; --runs is the number of orders";
    }

    /**
     * An order whose journey was asked for.
     *
     * @param askedAt when, in milliseconds since 1970
     * @param status how it ended
     * @param shown ids of the events that monitoring showed
     */
    private record Travelled(UUID order, long askedAt, String status, Set<String> shown) {}

    @Override
    public Outcome run(CheckOptions options, Progress progress) throws Exception {
        Findings findings = new Findings();
        try (CheckedPlatform platform =
                CheckedPlatform.start(PlatformSettings.throwAway().withSeed(false), progress)) {
            offer(platform.shop());
            List<Travelled> orders = travel(platform, options, findings, progress);
            platform.oracle().awaitRest(PATIENCE, findings);
            Map<String, List<Log.Entry>> written = written(platform);
            double present = compare(written, orders, findings);
            complete(platform, written, orders, findings);
            platform.oracle().check(List.of(), findings);
            return new Outcome(present, 100, "% of events within 5 s", findings.violations(), findings.figures());
        }
    }

    private static void offer(ShopClient shop) throws InterruptedException, IOException {
        shop.offer(
                IntStream.range(0, PRODUCTS)
                        .mapToObj(number -> "JOURNEY-" + number)
                        .toList(),
                1_000,
                100_000,
                "berlin");
        shop.offer(List.of("JOURNEY-FEW"), 1_000, 5, "lyon");
        shop.offer(List.of("JOURNEY-DEAR"), 300_000, 100_000, "berlin");
        shop.offer(List.of("JOURNEY-DEAREST"), 1_200_000, 100_000, "berlin");
    }

    private static OrderBody body(long seed, int index) {
        Random random = new Random(seed * 1_000_003 + index);
        OrderBody usual = OrderBody.of("JOURNEY-" + random.nextInt(PRODUCTS), 1 + random.nextInt(3))
                .and("JOURNEY-" + random.nextInt(PRODUCTS), 1);
        String kind = Load.weighted(
                seed, index, "ok", 60, "declined", 10, "few", 10, "dear", 8, "dearest", 6, "twice", 3, "flaky", 3);
        return switch (kind) {
            case "declined" -> usual.paidBy("tok_declined");
            case "few" -> OrderBody.of("JOURNEY-FEW", 6);
            case "dear" -> OrderBody.of("JOURNEY-DEAR", 1);
            case "dearest" -> OrderBody.of("JOURNEY-DEAREST", 1);
            case "twice" -> usual.paidBy("tok_twice");
            case "flaky" -> usual.paidBy("tok_flaky");
            case String _ -> usual;
        };
    }

    private static List<Travelled> travel(
            CheckedPlatform platform, CheckOptions options, Findings findings, Progress progress)
            throws InterruptedException {
        int count = options.runs().orElse(ORDERS);
        int first = platform.buyers().block(count);
        String analyst = platform.shop().token("analyst");
        String operator = platform.shop().token("operator");
        List<Future<Travelled>> futures = new ArrayList<>();
        List<Travelled> orders = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int index = 0; index < count; index++) {
                String token = platform.buyers().token(first + index);
                OrderBody body = body(options.seed(), index);
                futures.add(executor.submit(() -> travel(platform.shop(), token, analyst, operator, body)));
                TimeUnit.MILLISECONDS.sleep(1_000 / PER_SECOND);
            }
            for (Future<Travelled> future : futures) {
                try {
                    orders.add(future.get());
                } catch (ExecutionException e) {
                    findings.violated("an order could not be followed: " + e.getCause());
                }
            }
        }
        progress.say(orders.size() + " of " + count + " orders followed to their end");
        return orders;
    }

    private static Travelled travel(ShopClient shop, String token, String analyst, String operator, OrderBody body)
            throws InterruptedException, IOException {
        UUID id = shop.place(token, body).id();
        Answer order = shop.await(token, id, "ON_HOLD", PATIENCE);
        if (order.text("status").equals("ON_HOLD")) {
            decide(shop, analyst, id);
            order = shop.await(token, id, "CONFIRMED", PATIENCE);
        }
        TimeUnit.MILLISECONDS.sleep(WITHIN.toMillis());
        long askedAt = System.currentTimeMillis();
        return new Travelled(
                id, askedAt, order.text("status"), shown(shop, operator, id).keySet());
    }

    /** The events that monitoring shows of an order: their types by their ids. */
    private static Map<String, String> shown(ShopClient shop, String operator, UUID order)
            throws InterruptedException, IOException {
        Map<String, String> shown = new HashMap<>();
        for (JsonNode event :
                shop.get("/api/ops/journeys/" + order, operator).json().path("events")) {
            shown.put(event.path("id").asString(), event.path("type").asString());
        }
        return shown;
    }

    private static void decide(ShopClient shop, String analyst, UUID id) throws InterruptedException, IOException {
        String path = "/api/fraud/cases/" + id;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (shop.get(path, analyst).status() != 200 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        String verdict = id.getLeastSignificantBits() % 2 == 0 ? "approve" : "decline";
        shop.post(path + "/decision", analyst, "{\"verdict\":\"" + verdict + "\",\"note\":\"journey\"}")
                .require(200);
    }

    /** What the topics hold of each order. */
    private static Map<String, List<Log.Entry>> written(CheckedPlatform platform) {
        Map<String, List<Log.Entry>> written = new HashMap<>();
        List<String> topics = Topics.all().stream().map(topic -> topic.name()).toList();
        for (Log.Entry entry : new Log(platform.platform().bootstrapServers()).read(topics)) {
            written.computeIfAbsent(entry.correlation(), _ -> new ArrayList<>()).add(entry);
        }
        return written;
    }

    /** Share of the events, in percent, that were shown in time. */
    private static double compare(Map<String, List<Log.Entry>> written, List<Travelled> orders, Findings findings) {
        Map<String, Integer> endings = new TreeMap<>();
        long due = 0;
        long shown = 0;
        for (Travelled order : orders) {
            endings.merge(order.status(), 1, Integer::sum);
            for (Log.Entry entry : written.getOrDefault(order.order().toString(), List.of())) {
                if (entry.written() + WITHIN.toMillis() > order.askedAt()) {
                    continue;
                }
                due++;
                if (order.shown().contains(entry.id())) {
                    shown++;
                } else {
                    findings.violated("not shown within " + WITHIN.toSeconds() + " s: " + entry);
                }
            }
        }
        findings.require(due >= 4L * orders.size(), "only " + due + " events of " + orders.size() + " orders");
        findings.figure("orders", orders.size());
        findings.figure("endings", endings);
        findings.figure("events_due", due);
        findings.figure("events_shown", shown);
        return due == 0 ? 0 : Math.round(10_000.0 * shown / due) / 100.0;
    }

    /** At rest a journey shows all that was written of its order, and that is what its ending calls for. */
    private static void complete(
            CheckedPlatform platform, Map<String, List<Log.Entry>> written, List<Travelled> orders, Findings findings)
            throws InterruptedException, IOException {
        String operator = platform.shop().token("operator");
        long events = 0;
        for (Travelled order : orders) {
            Map<String, String> shown = shown(platform.shop(), operator, order.order());
            List<Log.Entry> all = written.getOrDefault(order.order().toString(), List.of());
            events += all.size();
            for (Log.Entry entry : all) {
                findings.require(shown.containsKey(entry.id()), "never shown: " + entry);
            }
            Set<String> missing = new TreeSet<>(typesOf(order.status()));
            missing.removeAll(shown.values());
            findings.require(
                    missing.isEmpty(),
                    "the journey of " + order.order() + ", " + order.status() + ", lacks " + missing + ": "
                            + shown.values());
        }
        findings.figure("events_at_rest", events);
    }

    /** The least that a journey tells of. */
    private static List<String> typesOf(String status) {
        List<String> types = new ArrayList<>(List.of("order.placed", "transaction.initiated", "notification.sent"));
        types.add("order." + status.toLowerCase(Locale.ROOT));
        if (status.equals("CONFIRMED")) {
            types.addAll(List.of("stock.reserved", "fraud.transaction-scored", "payment.authorised"));
        }
        return types;
    }
}
