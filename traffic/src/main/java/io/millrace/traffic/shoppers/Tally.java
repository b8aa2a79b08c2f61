package io.millrace.traffic.shoppers;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Counts what happens, and tells it once in a while, since the last time. Nobody is named. Thread-safe. */
final class Tally {

    /** What is counted. */
    enum Count {
        /** Visits that began. */
        SESSIONS("sessions"),
        /** Visits that did not, as too many were under way. */
        TURNED_AWAY("turnedAway"),
        /** Clicks the shop took. */
        CLICKS("clicks"),
        /** Clicks it refused, or could not be told of. */
        CLICKS_LOST("clicksLost"),
        /** Lists of recommendations that were shown. */
        LISTS_SHOWN("listsShown"),
        /** Recommendations that were followed. */
        FOLLOWED("followed"),
        /** Orders the shop took. */
        ORDERS("orders"),
        /** Orders the shop refused, and would again. */
        REFUSED("ordersRefused"),
        /** Orders that were given up, as the shop was away or had no room. */
        GIVEN_UP("ordersGivenUp"),
        /** Orders of fraudsters among those taken. */
        FRAUDULENT("ordersFraudulent"),
        /** Labels of fraudsters' orders that could not be written. */
        LABELS_LOST("labelsLost"),
        /** Deliveries of suppliers. */
        DELIVERIES("deliveries"),
        /** Units they brought. */
        UNITS_DELIVERED("unitsDelivered");

        private final String key;

        Count(String key) {
            this.key = key;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Tally.class);
    private static final int MOST_STATUSES = 20;

    private final Map<Count, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> statuses = new ConcurrentHashMap<>();

    Tally() {
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    void add(Count count) {
        add(count, 1);
    }

    void add(Count count, long many) {
        adder(count).add(many);
    }

    void delivered(int units) {
        add(Count.DELIVERIES);
        add(Count.UNITS_DELIVERED, units);
    }

    /** An honest visitor last saw his order in this status. */
    void endedIn(String status) {
        if (statuses.size() < MOST_STATUSES || statuses.containsKey(status)) {
            statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
        }
    }

    /** Since the last time it was told. */
    long of(Count count) {
        return adder(count).sum();
    }

    /** Honest orders by the status they were last seen in, since the last time it was told. */
    Map<String, Long> statuses() {
        Map<String, Long> all = new TreeMap<>();
        statuses.forEach((status, count) -> all.put(status, count.sum()));
        return all;
    }

    /** Writes one line, and begins anew. */
    void tell() {
        LoggingEventBuilder line = log.atInfo();
        Map<Count, Long> sums = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            long many = adder(count).sumThenReset();
            sums.put(count, many);
            if (many > 0 || count == Count.SESSIONS || count == Count.ORDERS) {
                line = line.addKeyValue(count.key, many);
            }
        }
        long shown = sums.getOrDefault(Count.LISTS_SHOWN, 0L);
        if (shown > 0) {
            line = line.addKeyValue("clickThroughPercent", 100 * sums.getOrDefault(Count.FOLLOWED, 0L) / shown);
        }
        Map<String, Long> seen = new TreeMap<>();
        statuses.forEach((status, count) -> seen.put(status, count.sumThenReset()));
        seen.values().removeIf(many -> many == 0);
        line.addKeyValue("orderStatuses", seen).log("demo traffic");
    }

    private LongAdder adder(Count count) {
        return counts.computeIfAbsent(count, _ -> new LongAdder());
    }
}
