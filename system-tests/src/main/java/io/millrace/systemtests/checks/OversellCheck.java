package io.millrace.systemtests.checks;

import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.CheckOptions;
import io.millrace.systemtests.CheckedPlatform;
import io.millrace.systemtests.GuaranteeCheck;
import io.millrace.systemtests.Progress;
import io.millrace.systemtests.oracle.Findings;
import io.millrace.systemtests.oracle.Oracle;
import io.millrace.systemtests.oracle.Tables;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.traffic.load.LoadResult;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * The last unit, wanted by hundreds at once, round after round: sold once and to one. Then the shapes that deadlock, every
 * record delivered twice, and an inventory that is behind by more than any deadline.
 */
public final class OversellCheck implements GuaranteeCheck {

    private static final int BUYERS = 500;
    private static final int ROUNDS = 10;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "oversell";
    }

    @Override
    public String description() {
        return "one unit and 500 buyers, many rounds, about 3 minutes; --runs sets the rounds";
    }

    @Override
    public Outcome run(CheckOptions options, Progress progress) throws Exception {
        int rounds = options.runs().orElse(ROUNDS);
        Findings findings = new Findings();
        PlatformSettings settings = PlatformSettings.throwAway()
                .withSeed(false)
                .withEnvironment("order-service", "MILLRACE_ORDERS_DEADLINES_ORDER", DEADLINE.toSeconds() + "s");
        try (CheckedPlatform platform = CheckedPlatform.start(settings, progress);
                Redelivery twice = Redelivery.of(platform.platform().bootstrapServers())) {
            platform.shop()
                    .offer(
                            IntStream.range(0, rounds)
                                    .mapToObj(round -> "LAST-" + round)
                                    .toList(),
                            1_000,
                            1,
                            "berlin");
            platform.shop().offer(List.of("PAIR-A", "PAIR-B"), 1_000, 100, "berlin");
            platform.shop().offer(List.of("LATE"), 1_000, 100, "berlin");
            Rounds all = new Rounds(platform, options.seed(), findings, progress);
            twice.start();
            all.lastUnits(rounds);
            all.pairs();
            twice.stop();
            findings.figure("redelivered", twice.copies());
            findings.require(twice.copies() > 0, "nothing was delivered twice");
            all.late();
            Oracle oracle = platform.oracle();
            oracle.awaitRest(REST, findings);
            // The copies stand in the topics on purpose: the events are looked at by the other checks.
            oracle.checkState(all.acknowledged, findings);
            return Outcome.ofViolations(findings.violations(), findings.figures());
        }
    }

    /** The rounds, and what they know of each other. */
    private static final class Rounds {

        private final CheckedPlatform platform;
        private final Tables orders;
        private final long seed;
        private final Findings findings;
        private final Progress progress;
        private final List<String> acknowledged = new ArrayList<>();
        private long loads;

        Rounds(CheckedPlatform platform, long seed, Findings findings, Progress progress) {
            this.platform = platform;
            this.orders = new Tables(platform.platform().database("order-service"));
            this.seed = seed;
            this.findings = findings;
            this.progress = progress;
        }

        void lastUnits(int rounds) throws SQLException, InterruptedException {
            int winners = 0;
            for (int round = 0; round < rounds; round++) {
                String sku = "LAST-" + round;
                // Every other buyer wants it on two lines, which is one too many.
                Map<String, Integer> endings =
                        wanted(index -> index % 10 == 9 ? OrderBody.of(sku, 1).and(sku, 1) : OrderBody.of(sku, 1));
                int confirmed = endings.getOrDefault("CONFIRMED", 0);
                progress.say("round " + (round + 1) + ": " + endings);
                findings.require(confirmed == 1, sku + " was sold " + confirmed + " times: " + endings);
                winners += confirmed;
            }
            findings.figure("rounds", rounds);
            findings.figure("sold", winners);
        }

        /** Orders of A and B against orders of B and A: what locks in the order of its lines would deadlock. */
        void pairs() throws SQLException, InterruptedException {
            Map<String, Integer> endings = wanted(index -> index % 2 == 0
                    ? OrderBody.of("PAIR-A", 1).and("PAIR-B", 1)
                    : OrderBody.of("PAIR-B", 1).and("PAIR-A", 1));
            progress.say("pairs: " + endings);
            findings.require(endings.getOrDefault("CONFIRMED", 0) == 100, "of 100 pairs: " + endings);
        }

        /** What inventory reserves after the orders have expired must not stay reserved. */
        void late() throws SQLException, InterruptedException {
            platform.process("inventory-service").pause();
            Map<String, Integer> endings;
            try {
                endings = wanted(_ -> OrderBody.of("LATE", 1));
            } finally {
                platform.process("inventory-service").resume();
            }
            progress.say("inventory behind every deadline: " + endings);
            findings.require(endings.getOrDefault("CONFIRMED", 0) == 0, "confirmed without an answer: " + endings);
        }

        /** So many buyers within half a second; how their orders ended. */
        private Map<String, Integer> wanted(LongFunction<OrderBody> bodies) throws SQLException, InterruptedException {
            Load load = Load.start(platform, seed + ++loads, BUYERS * 2, Duration.ofMillis(500), bodies);
            LoadResult result = load.await();
            load.unexpected().forEach(findings::violated);
            for (int status : result.answersByStatus().keySet()) {
                findings.require(status < 500 || status == 503, "a buyer was answered " + status);
            }
            findings.require(
                    result.accepted() == result.offered(),
                    "only " + result.accepted() + " of " + result.offered() + " were answered in the end");
            acknowledged.addAll(load.acknowledged());
            return endings(load.acknowledged());
        }

        private Map<String, Integer> endings(Collection<String> ids) throws SQLException, InterruptedException {
            String query = "select status from orders where id = any ('{" + String.join(",", ids) + "}'::uuid[])";
            long end = System.nanoTime() + REST.toNanos();
            while (true) {
                Map<String, Integer> byStatus = new TreeMap<>();
                orders.rows(query, row -> row.getString(1)).forEach(status -> byStatus.merge(status, 1, Integer::sum));
                if (!byStatus.containsKey("PENDING") || System.nanoTime() > end) {
                    return byStatus;
                }
                Thread.sleep(100);
            }
        }
    }
}
