package io.millrace.benchmarks;

import io.millrace.local.PlatformProcess;
import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.CheckOptions;
import io.millrace.systemtests.CheckedPlatform;
import io.millrace.systemtests.Progress;
import io.millrace.systemtests.ReportLine;
import io.millrace.systemtests.oracle.Tables;
import io.millrace.systemtests.shop.Buyers;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.traffic.load.LoadDriver;
import io.millrace.traffic.load.LoadListener;
import io.millrace.traffic.load.LoadPlan;
import io.millrace.traffic.load.LoadResult;
import io.millrace.traffic.load.Pace;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Confirmed orders per second, end to end with everything running, as a ratio to the orders per second that PostgreSQL alone
 * can be made to write; then how long an order takes at half of that.
 */
final class OrdersBench {

    /** What this stage of the platform must reach; the median of the rounds. */
    private static final double LEAST_RATIO = 0.07;

    private static final double MOST_P99_MILLIS = 1_000;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(90);
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final Duration MAXIMUM = Duration.ofSeconds(20);
    private static final Duration HALF = Duration.ofSeconds(40);
    private static final Duration DRAIN = Duration.ofMinutes(2);
    private static final int WARM_UP_RATE = 100;
    private static final int CONCURRENT = 256;
    private static final int HIGHEST_RATE = 1_500; // bounds the customers that are made beforehand
    private static final int PRODUCTS = 200;
    private static final int LINES = 3;

    private final CheckOptions options;
    private final Progress progress;

    OrdersBench(CheckOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    private record Run(LoadResult result, Placed placed, Map<String, Double> processor) {

        /** Of all processes and the front door, without the driver, for 1,000 confirmed orders. */
        double processorPerThousand() {
            double frontDoor =
                    result.processProcessor().minus(result.driverProcessor()).toMillis() / 1e3;
            double all =
                    processor.values().stream().mapToDouble(Double::doubleValue).sum() + frontDoor;
            return placed.confirmed() == 0 ? 0 : all * 1_000 / placed.confirmed();
        }
    }

    Measured run() throws SQLException, InterruptedException, IOException, ExecutionException {
        progress.say("bench orders, seed " + options.seed() + ": about 6 minutes");
        try (CheckedPlatform platform =
                CheckedPlatform.start(PlatformSettings.throwAway().withSeed(false), progress)) {
            List<String> skus =
                    IntStream.range(0, PRODUCTS).mapToObj(OrdersBench::sku).toList();
            platform.shop().offer(skus, 1_000, 1_000_000, "berlin");
            OrderLimit limit =
                    new OrderLimit(platform.platform().superuser().createDatabase("limits", "limits", "limits"));
            limit.createTables();
            progress.say("warming up");
            run(platform, new Pace.OpenLoop(WARM_UP_RATE), WARM_UP);
            List<Double> limits = new ArrayList<>();
            List<Double> maxima = new ArrayList<>();
            List<Double> costs = new ArrayList<>();
            Run last = null;
            for (int round = 0; round < options.runs().orElse(ROUNDS); round++) {
                limits.add(limit(platform, limit));
                last = run(platform, new Pace.ClosedLoop(CONCURRENT), MAXIMUM);
                maxima.add(last.placed.confirmedPerSecond());
                costs.add(last.processorPerThousand());
                progress.say(text(
                        "round %d: limit %.0f/s, confirmed %.0f/s (%d orders), %.2f processor s per 1,000: %s",
                        round + 1,
                        limits.getLast(),
                        maxima.getLast(),
                        last.placed.confirmed(),
                        last.processorPerThousand(),
                        last.processor));
            }
            long memory = platform.platform().memoryBytes();
            double maximum = median(maxima);
            Run half = run(platform, new Pace.OpenLoop(Math.max(1, maximum / 2)), HALF);
            return measured(limits, maxima, costs, half, memory);
        }
    }

    private Measured measured(
            List<Double> limits, List<Double> maxima, List<Double> costs, Run half, long memoryBytes) {
        double ratio = median(maxima) / median(limits);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("confirmed_per_s", rounded(median(maxima), 1));
        figures.put("limit_per_s", rounded(median(limits), 1));
        figures.put(
                "rounds_confirmed_per_s",
                maxima.stream().map(value -> rounded(value, 1)).toList());
        figures.put(
                "rounds_limit_per_s",
                limits.stream().map(value -> rounded(value, 1)).toList());
        figures.put("processor_s_per_1000", rounded(median(costs), 2));
        figures.put("half_per_s", rounded(median(maxima) / 2, 1));
        figures.put("half_confirmed", half.placed.confirmed());
        figures.put("half_confirmed_p50_ms", rounded(half.placed.p50Millis(), 1));
        figures.put("half_confirmed_p99_ms", rounded(half.placed.p99Millis(), 1));
        figures.put("half_post_p50_ms", half.result.acceptedLatency().p50().toNanos() / 1e6);
        figures.put("half_post_p99_ms", half.result.acceptedLatency().p99().toNanos() / 1e6);
        figures.put("half_processor_s_per_1000", rounded(half.processorPerThousand(), 2));
        figures.put("memory_mib", memoryBytes >> 20);
        List<String> shortcomings = new ArrayList<>();
        if (ratio < LEAST_RATIO) {
            shortcomings.add(text("ratio %.4f is below %.2f", ratio, LEAST_RATIO));
        }
        if (half.placed.p99Millis() > MOST_P99_MILLIS) {
            shortcomings.add(text("p99 at half of the maximum is above %.0f ms", MOST_P99_MILLIS));
        }
        if (half.placed.confirmed() < half.placed.orders()) {
            shortcomings.add(half.placed.orders() - half.placed.confirmed() + " orders were not confirmed at half");
        }
        return new Measured(
                new ReportLine("orders", rounded(ratio, 4), LEAST_RATIO, "ratio", options.seed(), figures),
                shortcomings);
    }

    /** Everything but the database stands still meanwhile; afterwards it has to find its feet again. */
    private double limit(CheckedPlatform platform, OrderLimit limit)
            throws InterruptedException, ExecutionException, IOException {
        List<PlatformProcess> others = platform.platform().processes().stream()
                .filter(process -> !process.name().equals("postgres"))
                .toList();
        others.reversed().forEach(PlatformProcess::pause);
        double perSecond;
        try {
            perSecond = limit.perSecond(LIMIT);
        } finally {
            others.forEach(PlatformProcess::resume);
        }
        awaitFlow(platform);
        return perSecond;
    }

    private void awaitFlow(CheckedPlatform platform) throws InterruptedException, IOException {
        int confirmed = 0;
        long end = System.nanoTime() + DRAIN.toNanos();
        while (confirmed < 5) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("orders are no longer confirmed after the limit was measured");
            }
            int buyer = platform.buyers().block(1);
            String token = platform.buyers().token(buyer);
            var placed = platform.shop().place(token, "flow-" + buyer, OrderBody.of(sku(0), 1));
            if (placed.status() == 201) {
                var ended = platform.shop().await(token, placed.id(), "CONFIRMED", Duration.ofSeconds(20));
                confirmed += ended.text("status").equals("CONFIRMED") ? 1 : 0;
            }
        }
    }

    private Run run(CheckedPlatform platform, Pace pace, Duration length) throws SQLException, InterruptedException {
        double rate = pace instanceof Pace.OpenLoop open ? open.perSecond() : HIGHEST_RATE;
        int customers = (int) (rate * length.toSeconds() / Buyers.ORDERS_EACH) + 1;
        int first = platform.buyers().block(customers);
        for (int buyer = first; buyer < first + customers; buyer++) {
            platform.buyers().token(buyer);
        }
        LoadPlan plan = LoadPlan.of(platform.platform().url().resolve("/api/orders"), pace, length)
                .withCustomers(customers);
        Tables orders = new Tables(platform.platform().database("order-service"));
        Instant begin = Instant.now();
        ProcessorTime before = ProcessorTime.of(platform.platform());
        LoadResult result = LoadDriver.run(
                plan,
                (index, _) -> body(index).bytes(),
                customer -> platform.buyers().token(first + customer),
                LoadListener.NONE);
        Placed placed = drained(orders, begin);
        Map<String, Double> processor = ProcessorTime.of(platform.platform()).secondsSince(before);
        progress.say(text(
                "%d answered (%s), %d confirmed of %d, p50/p99 %.0f/%.0f ms, POST p99 %.0f ms",
                result.accepted(),
                result.answersByStatus(),
                placed.confirmed(),
                placed.orders(),
                placed.p50Millis(),
                placed.p99Millis(),
                result.acceptedLatency().p99().toNanos() / 1e6));
        return new Run(result, placed, processor);
    }

    private static Placed drained(Tables orders, Instant begin) throws SQLException, InterruptedException {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (true) {
            Placed placed = Placed.since(orders, begin);
            if (placed.undecided() == 0) {
                return placed;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(placed.undecided() + " orders are undecided after " + DRAIN);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static OrderBody body(long index) {
        OrderBody body = new OrderBody(List.of(), "tok_ok");
        for (int line = 0; line < LINES; line++) {
            body = body.and(sku((int) ((index * 7 + line * 61L) % PRODUCTS)), 1);
        }
        return body;
    }

    private static String sku(int number) {
        return "BENCH-" + number;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double rounded(double value, int digits) {
        double factor = Math.pow(10, digits);
        return Math.round(value * factor) / factor;
    }

    @SuppressWarnings("AnnotateFormatMethod") // not worth a library for its annotation
    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
