package io.millrace.monitoring.ingest;

import io.millrace.monitoring.orders.OrderCounts;
import io.millrace.monitoring.orders.OrderFact;
import io.millrace.monitoring.store.Kind;
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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores a poll, or a part of one, in one transaction, and with it how far each partition has come. Whatever is delivered again, by whomever,
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
     * Begins partitions anew that are shorter than what the database has of them: their brokers have lost records. What is
     * left of them is stored once more, as it can't be told from what took the place of what was lost.
     */
    public void restart(Set<Place> places) {
        positions.restart(List.copyOf(places));
        places.forEach(place -> storedTo.put(place, 0L));
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
        Set<Kind> full = partitions.full();
        Written written;
        try {
            written = Objects.requireNonNull(transaction.execute(_ -> writeNew(items, now, full)));
        } catch (DataAccessException e) {
            if (Partitions.foundNoPartition(e)) {
                partitions.coverAnew();
            }
            throw e;
        }
        storedTo.putAll(written.reached);
        partitions.grew(written.tallied.bytes);
        meters.stored(written.tallied.stored, written.repeated, Duration.between(now, clock.instant()));
        meters.dropped(written.tallied.dropped);
        meters.visited(written.tallied.visits);
        return written.misplaced;
    }

    private record Written(Tally tallied, int repeated, Map<Place, Long> reached, Set<Place> misplaced) {}

    /** What became of records, by kind, of visits by type; and the bytes that were copied. */
    private record Tally(
            Map<String, Integer> stored, Map<String, Integer> dropped, Map<String, Integer> visits, long bytes) {}

    private Written writeNew(List<Item> items, Instant now, Set<Kind> full) {
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
        Tally tallied = open.isEmpty() ? new Tally(Map.of(), Map.of(), Map.of(), 0) : store(open, now, full, reached);
        return new Written(tallied, items.size() - open.size(), reached, misplaced);
    }

    private Tally store(List<Item> items, Instant now, Set<Kind> full, Map<Place, Long> reached) {
        List<Item> events = new ArrayList<>();
        List<Signal> signals = new ArrayList<>();
        List<OrderFact> facts = new ArrayList<>();
        Map<String, Integer> visits = new HashMap<>();
        for (Item item : items) {
            switch (item.content()) {
                case Item.OfEvent event -> {
                    events.add(item);
                    event.fact().ifPresent(facts::add);
                }
                case Item.OfSignals request -> signals.addAll(request.signals());
                case Item.OfVisit visit -> visits.merge(visit.type(), 1, Integer::sum);
                case Item.Nothing() -> {
                    // only its position is kept
                }
            }
        }
        Map<String, Integer> stored = new HashMap<>();
        Map<String, Integer> dropped = new HashMap<>();
        List<Item> openEvents = fitting("events", events, full.contains(Kind.EVENTS), stored, dropped);
        boolean isFull = full.contains(Kind.TELEMETRY);
        List<Signal.Log> logs = fitting("logs", Signal.only(Signal.Log.class, signals), isFull, stored, dropped);
        List<Signal.Sample> samples =
                fitting("metrics", Signal.only(Signal.Sample.class, signals), isFull, stored, dropped);
        List<Signal.Span> spans = fitting("spans", Signal.only(Signal.Span.class, signals), isFull, stored, dropped);
        AtomicLong bytes = new AtomicLong();
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            bytes.addAndGet(Tables.events(connection, now, openEvents));
            bytes.addAndGet(Tables.logs(connection, now, logs));
            bytes.addAndGet(Tables.samples(connection, now, samples));
            bytes.addAndGet(Tables.spans(connection, now, spans));
            return null;
        });
        // small tables: they are kept also when there is room for nothing else
        orders.add(facts);
        positions.advance(reached);
        sightings.watch(items);
        sightings.seen(items, now);
        sightings.stored(stored, now);
        return new Tally(stored, dropped, visits, bytes.get());
    }

    /** All, or none when their space is full; counted either way. */
    private static <T> List<T> fitting(
            String kind, List<T> all, boolean isFull, Map<String, Integer> stored, Map<String, Integer> dropped) {
        if (all.isEmpty()) {
            return all;
        }
        (isFull ? dropped : stored).put(kind, all.size());
        return isFull ? List.of() : all;
    }
}
