package io.millrace.monitoring.orders;

import io.millrace.messaging.sql.SqlArrays;
import io.millrace.monitoring.orders.OrderFact.Step;
import io.millrace.monitoring.orders.OrderFigures.Minute;
import io.millrace.monitoring.orders.OrderFigures.Quantiles;
import io.millrace.monitoring.orders.OrderFigures.Rejection;
import io.millrace.monitoring.orders.OrderTally.Cell;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Counts of orders by minute. They are added to in the transaction that stores the events, hence once for each; reading them
 * costs the same however many orders there are.
 */
@Repository
public class OrderCounts {

    private static final int MINUTES = 60;
    private static final Duration RECENT = Duration.ofMinutes(5);

    private static final String SAVE = """
            insert into order_progress
                   (order_id, placed_at, held_at, confirmed_at, rejected_at, expired_at, recorded_at)
            select id, placed, held, confirmed, rejected, expired, now()
              from unnest(?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                          ?::timestamptz[]) as step (id, placed, held, confirmed, rejected, expired)
             order by id
                on conflict (order_id) do update
               set placed_at    = excluded.placed_at,
                   held_at      = excluded.held_at,
                   confirmed_at = excluded.confirmed_at,
                   rejected_at  = excluded.rejected_at,
                   expired_at   = excluded.expired_at
            """;

    private static final String COUNT = """
            insert into order_minute (minute, measure, label, orders)
            select * from unnest(?::timestamptz[], ?::text[], ?::text[], ?::int8[]) as cell (minute, measure, label, n)
             order by minute, measure, label
                on conflict (minute, measure, label) do update
               set orders = order_minute.orders + excluded.orders
            """;

    private static final List<Step> COLUMNS =
            List.of(Step.PLACED, Step.HELD, Step.CONFIRMED, Step.REJECTED, Step.EXPIRED);

    private final JdbcTemplate jdbc;

    OrderCounts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Counts facts, in the caller's transaction. Facts about one order must not be counted by two transactions at once:
     * they come from one partition, whose position the caller has locked.
     */
    public void add(List<OrderFact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        OrderTally tally = new OrderTally(
                known(facts.stream().map(OrderFact::orderId).distinct().toList()));
        facts.forEach(tally::add);
        save(List.copyOf(tally.changed()));
        count(tally.counts());
    }

    /** The figures of the hour that ends with the minute under way. */
    public OrderFigures figures(Instant now) {
        Instant current = now.truncatedTo(ChronoUnit.MINUTES);
        Instant first = current.minus(MINUTES - 1L, ChronoUnit.MINUTES);
        Map<Instant, Map<String, Long>> outcomes = new HashMap<>();
        Map<String, Long> rejections = new HashMap<>();
        Map<Integer, Long> within = new HashMap<>();
        jdbc.query(
                "select minute, measure, label, orders from order_minute where minute between ? and ?",
                rows -> {
                    Instant minute = rows.getObject(1, OffsetDateTime.class).toInstant();
                    String label = rows.getString(3);
                    long orders = rows.getLong(4);
                    switch (rows.getString(2)) {
                        case OrderTally.OUTCOME ->
                            outcomes.computeIfAbsent(minute, _ -> new HashMap<>())
                                    .put(label, orders);
                        case OrderTally.REJECTION -> rejections.merge(label, orders, Long::sum);
                        case OrderTally.CONFIRMED_WITHIN -> {
                            if (minute.isAfter(current.minus(RECENT))) {
                                within.merge(Integer.parseInt(label), orders, Long::sum);
                            }
                        }
                        default -> {
                            // a measure of a newer version of this service
                        }
                    }
                },
                at(first),
                at(current));
        List<Minute> minutes = new ArrayList<>();
        for (Instant minute = first; !minute.isAfter(current); minute = minute.plus(1, ChronoUnit.MINUTES)) {
            minutes.add(minute(minute, outcomes.getOrDefault(minute, Map.of())));
        }
        return new OrderFigures(minutes, sorted(rejections), quantiles(within));
    }

    /** Forgets what is older, and returns how many rows that were. */
    public int forget(Instant progressBefore, Instant minutesBefore) {
        return jdbc.update("delete from order_progress where recorded_at < ?", at(progressBefore))
                + jdbc.update("delete from order_minute where minute < ?", at(minutesBefore));
    }

    private static Minute minute(Instant minute, Map<String, Long> outcomes) {
        return new Minute(
                minute,
                count(outcomes, Step.PLACED),
                count(outcomes, Step.CONFIRMED),
                count(outcomes, Step.REJECTED),
                count(outcomes, Step.EXPIRED),
                count(outcomes, Step.HELD));
    }

    private static long count(Map<String, Long> outcomes, Step step) {
        return outcomes.getOrDefault(step.name().toLowerCase(Locale.ROOT), 0L);
    }

    private static List<Rejection> sorted(Map<String, Long> rejections) {
        return rejections.entrySet().stream()
                .map(each -> new Rejection(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(Rejection::count).reversed().thenComparing(Rejection::reason))
                .toList();
    }

    private static @Nullable Quantiles quantiles(Map<Integer, Long> within) {
        return within.isEmpty()
                ? null
                : new Quantiles(Buckets.quantileSeconds(within, 0.5), Buckets.quantileSeconds(within, 0.99));
    }

    private Map<UUID, OrderProgress> known(List<UUID> ids) {
        return jdbc
                .query(
                        """
                        select order_id, placed_at, held_at, confirmed_at, rejected_at, expired_at
                          from order_progress
                         where order_id = any (?)
                        """,
                        statement -> SqlArrays.set(statement, 1, "uuid", ids, Function.identity()),
                        (rows, _) -> progress(rows))
                .stream()
                .collect(Collectors.toMap(OrderProgress::orderId, Function.identity()));
    }

    private static OrderProgress progress(ResultSet rows) throws SQLException {
        Map<Step, Instant> at = new EnumMap<>(Step.class);
        for (int i = 0; i < COLUMNS.size(); i++) {
            OffsetDateTime time = rows.getObject(i + 2, OffsetDateTime.class);
            if (time != null) {
                at.put(COLUMNS.get(i), time.toInstant());
            }
        }
        return new OrderProgress(rows.getObject(1, UUID.class), at);
    }

    private void save(List<OrderProgress> changed) {
        if (changed.isEmpty()) {
            return;
        }
        jdbc.update(SAVE, statement -> {
            SqlArrays.set(statement, 1, "uuid", changed, OrderProgress::orderId);
            for (int i = 0; i < COLUMNS.size(); i++) {
                Step step = COLUMNS.get(i);
                SqlArrays.set(
                        statement,
                        i + 2,
                        "timestamptz",
                        changed,
                        each -> each.when(step).map(OrderCounts::at).orElse(null));
            }
        });
    }

    private void count(Map<Cell, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        List<Map.Entry<Cell, Long>> cells = List.copyOf(counts.entrySet());
        jdbc.update(COUNT, statement -> {
            SqlArrays.set(
                    statement, 1, "timestamptz", cells, each -> at(each.getKey().minute()));
            SqlArrays.set(statement, 2, "text", cells, each -> each.getKey().measure());
            SqlArrays.set(statement, 3, "text", cells, each -> each.getKey().label());
            SqlArrays.set(statement, 4, "int8", cells, Map.Entry::getValue);
        });
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
