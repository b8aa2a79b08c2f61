package io.millrace.benchmarks;

import io.millrace.systemtests.oracle.Tables;
import java.sql.SQLException;
import java.time.Instant;

/**
 * What became of the orders placed since some time, by order-service's own table. Times are the service's: from the order's
 * acceptance to the decision, the commit of the latter excluded.
 *
 * @param orders all of them
 * @param undecided those without an end
 * @param confirmed those that were confirmed
 * @param seconds from the first placed to the last confirmed
 * @param p50Millis from placed to confirmed
 */
record Placed(long orders, long undecided, long confirmed, double seconds, double p50Millis, double p99Millis) {

    static Placed since(Tables orders, Instant begin) throws SQLException {
        return orders.rows(
                        """
                        with placed as (
                            select status, placed_at, (history -> -1 ->> 'at')::timestamptz as ended_at
                              from orders where placed_at >= '%s'
                        ), timed as (
                            select *, extract(epoch from ended_at - placed_at) * 1000 as millis from placed
                        )
                        select count(*),
                               count(*) filter (where status in ('PENDING', 'ON_HOLD')),
                               count(*) filter (where status = 'CONFIRMED'),
                               coalesce(extract(epoch from max(ended_at) filter (where status = 'CONFIRMED') - min(placed_at)), 0),
                               coalesce(percentile_cont(0.5) within group (order by millis) filter (where status = 'CONFIRMED'), 0),
                               coalesce(percentile_cont(0.99) within group (order by millis) filter (where status = 'CONFIRMED'), 0)
                          from timed
                        """.formatted(begin),
                        row -> new Placed(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getDouble(4),
                                row.getDouble(5),
                                row.getDouble(6)))
                .getFirst();
    }

    double confirmedPerSecond() {
        return seconds == 0 ? 0 : confirmed / seconds;
    }
}
