package io.millrace.monitoring.ingest;

import io.millrace.monitoring.orders.OrderCounts;
import io.millrace.monitoring.orders.OrderFact;
import io.millrace.monitoring.store.Partitions;
import io.millrace.monitoring.telemetry.Signal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores a poll in one transaction, and with it how far each partition has come. Whatever is delivered again, by whomever,
 * after whatever crash, is told by its offset and changes nothing.
 */
@Service
public class IngestWriter {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Positions positions;
    private final Partitions partitions;
    private final OrderCounts orders;
    private final Sightings sightings;
    private final IngestMeters meters;
    private final Clock clock;

    /**
     * How far this process knows each partition to have been stored. A database that knows less has lost transactions, as one
     * does that was restored from a backup, or whose standby took over before it had everything.
     */
    private final Map<Place, Long> storedTo = new ConcurrentHashMap<>();

    IngestWriter(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Positions positions,
            Partitions partitions,
            OrderCounts orders,
            Sightings sightings,
            IngestMeters meters,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.positions = positions;
        this.partitions = partitions;
        this.orders = orders;
        this.sightings = sightings;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Where to read on in partitions that were just assigned, or whose reader stood at a wrong place. A topic that was made
     * anew under its old name begins at zero again.
     *
     * @param topicIds the brokers' ids of the topics, by partition
     */
    public Map<Place, Long> open(Map<Place, UUID> topicIds) {
        Map<Place, Long> next = positions.open(topicIds);
        storedTo.putAll(next);
        return next;
    }

    /**
     * Stores the items that have not been stored before.
     *
     * @param items each partition's in the order of their offsets
     * @return the partitions whose reader stands at a wrong place, as some of their items had been stored before, or
     *     something before them is not known to the database: {@link #open} says where to go on
     */
    public Set<Place> write(List<Item> items) {
        if (items.isEmpty()) {
            return Set.of();
        }
        Instant now = clock.instant();
        partitions.cover(now);
        Written written = Objects.requireNonNull(transaction.execute(_ -> writeNew(items, now)));
        storedTo.putAll(written.reached);
        meters.stored(written.counts, written.repeated, Duration.between(now, clock.instant()));
        return written.misplaced;
    }

    private record Written(Map<String, Integer> counts, int repeated, Map<Place, Long> reached, Set<Place> misplaced) {}

    private Written writeNew(List<Item> items, Instant now) {
        Map<Place, Long> next =
                positions.lock(items.stream().map(Item::place).distinct().toList());
        Map<Place, Long> reached = new HashMap<>();
        Set<Place> misplaced = new LinkedHashSet<>();
        List<Item> open = new ArrayList<>(items.size());
        for (Item item : items) {
            Long from = next.get(item.place());
            if (from == null || item.offset() < from || from < storedTo.getOrDefault(item.place(), 0L)) {
                misplaced.add(item.place());
            } else {
                open.add(item);
                reached.merge(item.place(), item.offset() + 1, Math::max);
            }
        }
        Map<String, Integer> counts = open.isEmpty() ? Map.of() : store(open, now, reached);
        return new Written(counts, items.size() - open.size(), reached, misplaced);
    }

    private Map<String, Integer> store(List<Item> items, Instant now, Map<Place, Long> reached) {
        List<Signal> signals = new ArrayList<>();
        List<OrderFact> facts = new ArrayList<>();
        int events = 0;
        for (Item item : items) {
            switch (item.content()) {
                case Item.OfEvent event -> {
                    events++;
                    event.fact().ifPresent(facts::add);
                }
                case Item.OfSignals request -> signals.addAll(request.signals());
                case Item.Nothing() -> {
                    // only its position is kept
                }
            }
        }
        List<Signal.Log> logs = Signal.only(Signal.Log.class, signals);
        List<Signal.Sample> samples = Signal.only(Signal.Sample.class, signals);
        List<Signal.Span> spans = Signal.only(Signal.Span.class, signals);
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            Tables.events(connection, now, items);
            Tables.logs(connection, now, logs);
            Tables.samples(connection, now, samples);
            Tables.spans(connection, now, spans);
            return null;
        });
        Map<String, Integer> counts =
                Map.of("events", events, "logs", logs.size(), "metrics", samples.size(), "spans", spans.size());
        orders.add(facts);
        positions.advance(reached);
        sightings.watch(items);
        sightings.seen(items, now);
        sightings.stored(counts, now);
        return counts;
    }
}
