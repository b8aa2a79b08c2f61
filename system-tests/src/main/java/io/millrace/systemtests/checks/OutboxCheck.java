package io.millrace.systemtests.checks;

import io.millrace.local.PlatformProcess;
import io.millrace.local.PlatformSettings;
import io.millrace.systemtests.CheckOptions;
import io.millrace.systemtests.CheckedPlatform;
import io.millrace.systemtests.GuaranteeCheck;
import io.millrace.systemtests.Progress;
import io.millrace.systemtests.oracle.Findings;
import io.millrace.systemtests.oracle.Log;
import io.millrace.systemtests.oracle.Oracle;
import io.millrace.systemtests.oracle.Tables;
import io.millrace.systemtests.shop.OrderBody;
import io.millrace.traffic.load.LoadResult;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Every committed event reaches its topic, in order: with transactions that sleep (so that later rows commit before earlier
 * ones), with two relays, and with the one that publishes stopped past its lease and resumed.
 */
public final class OutboxCheck implements GuaranteeCheck {

    private static final int EVENTS = 10_000;
    private static final double PER_SECOND = 80;
    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final Duration PAST_THE_LEASE = Duration.ofSeconds(14); // of 10 s
    private static final Duration REST = Duration.ofMinutes(6);
    private static final int SLEEPERS = 20;
    private static final int PRODUCTS = 10;

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public String description() {
        return "two relays, sleeping transactions, a relay stopped past its lease, 10,000 events, about 3 minutes";
    }

    @Override
    public Outcome run(CheckOptions options, Progress progress) throws Exception {
        Findings findings = new Findings();
        PlatformSettings settings = PlatformSettings.throwAway().withSeed(false).withInstances("order-service", 2);
        try (CheckedPlatform platform = CheckedPlatform.start(settings, progress)) {
            List<String> skus = IntStream.range(0, PRODUCTS)
                    .mapToObj(number -> "OUT-" + number)
                    .toList();
            platform.shop().offer(skus, 1_000, 1_000_000, "berlin");
            Load load = Load.start(
                    platform,
                    options.seed(),
                    PER_SECOND,
                    options.length().orElse(LENGTH),
                    index -> OrderBody.of("OUT-" + index % PRODUCTS, 1));
            Tables orders = new Tables(platform.platform().database("order-service"));
            try (Sleepers sleepers = new Sleepers(orders)) {
                load.awaitFirst();
                List<UUID> rows = sleepers.begin(SLEEPERS);
                TimeUnit.SECONDS.sleep(5); // later rows, with higher ids, commit and are published meanwhile
                sleepers.commit();
                int takeovers = stopHolders(platform, orders, progress);
                findings.figure("takeovers", takeovers);
                LoadResult result = load.await();
                progress.say(result.accepted() + " orders accepted, answers " + result.answersByStatus());
                load.unexpected().forEach(findings::violated);
                Oracle oracle = platform.oracle();
                oracle.awaitRest(REST, findings);
                sleepersArrived(platform, rows, findings);
                oracle.check(load.acknowledged(), findings);
            }
            long facts = ((Number) findings.figures().getOrDefault("facts", 0)).longValue();
            findings.require(facts >= EVENTS, "only " + facts + " events, not " + EVENTS);
            return Outcome.ofViolations(findings.violations(), findings.figures());
        }
    }

    /** Whoever publishes is stopped past its lease and resumed, twice: so that each of the two has been the holder. */
    private static int stopHolders(CheckedPlatform platform, Tables orders, Progress progress)
            throws SQLException, InterruptedException {
        long before = epoch(orders);
        for (int time = 0; time < 2; time++) {
            String holder = orders.rows("select holder from outbox_lease", row -> row.getString(1))
                    .getFirst();
            PlatformProcess process = holding(platform, holder);
            progress.say("stopping " + process.name() + ", which publishes, for " + PAST_THE_LEASE.toSeconds() + " s");
            process.pause();
            try {
                TimeUnit.NANOSECONDS.sleep(PAST_THE_LEASE.toNanos());
            } finally {
                process.resume();
            }
            TimeUnit.SECONDS.sleep(2);
        }
        return (int) (epoch(orders) - before);
    }

    private static long epoch(Tables orders) throws SQLException {
        return orders.number("select epoch from outbox_lease");
    }

    private static PlatformProcess holding(CheckedPlatform platform, String holder) {
        List<PlatformProcess> instances = platform.platform().processes().stream()
                .filter(process -> process.name().startsWith("order-service"))
                .toList();
        return instances.stream()
                .filter(process -> holder.contains(Long.toString(process.pid())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody holds the lease: " + holder));
    }

    private static void sleepersArrived(CheckedPlatform platform, List<UUID> rows, Findings findings) {
        Set<String> wanted = new HashSet<>();
        rows.forEach(id -> wanted.add(id.toString()));
        for (Log.Entry entry : new Log(platform.platform().bootstrapServers()).read(List.of("order.events.v1"))) {
            wanted.remove(entry.id());
        }
        wanted.forEach(id -> findings.violated("committed late and never published: " + id));
        findings.figure("late_commits", rows.size());
    }

    /**
     * Transactions that write an event and then take their time. What they write says that an order has expired which nobody
     * ever placed: those who hear it have nothing to undo.
     */
    private static final class Sleepers implements AutoCloseable {

        private static final String INSERT = """
                insert into outbox (event_id, topic, record_key, lane, type, subject, sequence, occurred_at, correlation_id,
                                    payload)
                values (?, 'order.events.v1', ?, 0, 'order.expired', ?, 1, clock_timestamp(), ?, ?)
                """;

        private final Tables orders;
        private final List<Connection> open = new ArrayList<>();

        Sleepers(Tables orders) {
            this.orders = orders;
        }

        List<UUID> begin(int count) throws SQLException {
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Connection connection = orders.open();
                open.add(connection);
                connection.setAutoCommit(false);
                UUID id = UUID.randomUUID();
                String order = UUID.randomUUID().toString();
                try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                    insert.setObject(1, id);
                    insert.setString(2, order);
                    insert.setString(3, order);
                    insert.setString(4, order);
                    insert.setBytes(
                            5, ("{\"orderId\":\"" + order + "\",\"waitingFor\":[]}").getBytes(StandardCharsets.UTF_8));
                    insert.executeUpdate();
                }
                ids.add(id);
            }
            return ids;
        }

        void commit() throws SQLException {
            for (Connection connection : open) {
                connection.commit();
            }
        }

        @Override
        public void close() throws SQLException {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }
}
