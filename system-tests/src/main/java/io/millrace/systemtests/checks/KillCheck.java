package io.millrace.systemtests.checks;

import io.millrace.local.PlatformProcess;
import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.CheckOptions;
import io.millrace.systemtests.CheckedPlatform;
import io.millrace.systemtests.GuaranteeCheck;
import io.millrace.systemtests.Progress;
import io.millrace.systemtests.oracle.Findings;
import io.millrace.systemtests.oracle.Oracle;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.traffic.load.LoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Every process killed under load, in an order the seed decides; then nothing may be lost, doubled or oversold. */
public final class KillCheck implements GuaranteeCheck {

    private static final double PER_SECOND = 40;
    private static final Duration LONGEST = Duration.ofMinutes(30);
    // An order's deadline, and the time a provider may hold what it was asked.
    private static final Duration REST = Duration.ofMinutes(7);
    private static final int PRODUCTS = 20;

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String description() {
        return "every process killed under load, about 5 minutes; --runs repeats the kills";
    }

    @Override
    public Outcome run(CheckOptions options, Progress progress) throws Exception {
        Findings findings = new Findings();
        Random random = new Random(options.seed());
        try (CheckedPlatform platform =
                CheckedPlatform.start(PlatformSettings.throwAway().withSeed(false), progress)) {
            platform.shop().offer(skus(0, PRODUCTS - 2), 1_000, 100_000, "berlin");
            // Sold out long before the end: refusals are under fire too.
            platform.shop().offer(skus(PRODUCTS - 2, PRODUCTS), 1_000, 50, "lyon");
            Load load = Load.start(platform, options.seed(), PER_SECOND, LONGEST, index -> body(options.seed(), index));
            load.awaitFirst();
            int kills = killAll(platform, options, random);
            load.stop();
            LoadResult result = load.await();
            progress.say(result.accepted() + " orders accepted of " + result.offered() + ", answers "
                    + result.answersByStatus());
            load.unexpected().forEach(findings::violated);
            findings.figure("kills", kills);
            findings.figure("answers", result.answersByStatus());
            Oracle oracle = platform.oracle();
            oracle.awaitRest(REST, findings);
            oracle.check(load.acknowledged(), findings);
            return Outcome.ofViolations(findings.violations(), findings.figures());
        }
    }

    private static int killAll(CheckedPlatform platform, CheckOptions options, Random random)
            throws InterruptedException {
        int kills = 0;
        for (int run = 0; run < options.runs().orElse(1); run++) {
            List<String> names = new ArrayList<>(platform.platform().processes().stream()
                    .map(PlatformProcess::name)
                    .toList());
            Collections.shuffle(names, random);
            for (String name : names) {
                platform.killAndAwait(name);
                kills++;
                TimeUnit.MILLISECONDS.sleep(4_000 + random.nextInt(4_000));
            }
        }
        return kills;
    }

    private static List<String> skus(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "KILL-" + number).toList();
    }

    private static OrderBody body(long seed, long index) {
        Random random = new Random(seed * 1_000_003 + index);
        int first = random.nextInt(PRODUCTS);
        String token = Load.weighted(
                seed,
                index,
                "tok_ok",
                84,
                "tok_declined",
                5,
                "tok_twice",
                3,
                "tok_flaky",
                3,
                "tok_slow",
                2,
                "tok_timeout",
                2,
                "tok_late",
                1);
        return OrderBody.of("KILL-" + first, 1 + random.nextInt(3))
                .and("KILL-" + (first + 1 + random.nextInt(PRODUCTS - 1)) % PRODUCTS, 1)
                .paidBy(token);
    }
}
