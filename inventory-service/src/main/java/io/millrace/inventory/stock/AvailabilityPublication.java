package io.millrace.inventory.stock;

import io.millrace.events.catalogue.Topics;
import io.millrace.events.inventory.AvailabilityChanged;
import io.millrace.inventory.republication.RepublishedState;
import io.millrace.messaging.outbox.Outbox;
import io.millrace.messaging.outbox.Outgoing;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Publishes the availability of products that have changed, as absolute figures under a version that grows by one with each
 * publication of a product; it is also the sequence. Publishing it again hourly is one more publication: figures that are
 * the same under a higher version.
 */
@Component
class AvailabilityPublication implements RepublishedState {

    /** Any number will do that no other use of advisory locks in this database takes: "avail". */
    private static final long ONE_PUBLISHER = 0x6176_6169_6cL;

    private final AvailabilityChanges changes;
    private final AvailabilityTable versions;
    private final LevelTable levels;
    private final Outbox outbox;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    AvailabilityPublication(
            AvailabilityChanges changes,
            AvailabilityTable versions,
            LevelTable levels,
            Outbox outbox,
            JdbcTemplate jdbc,
            Clock clock) {
        this.changes = changes;
        this.versions = versions;
        this.levels = levels;
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Publishes at most so many products that are marked. While another instance does so, nothing.
     *
     * @return how many were published
     */
    @Transactional
    public int publish(int limit) {
        Boolean alone = jdbc.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, ONE_PUBLISHER);
        List<String> marked = Boolean.TRUE.equals(alone) ? changes.marked(limit) : List.of();
        if (marked.isEmpty()) {
            return 0;
        }
        Map<String, Long> published = versions.lock(marked);
        LockedStock stock = new LockedStock(levels.lockToRead(marked));
        changes.unmark(marked);
        versions.advance(marked);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Outgoing<?>> events = new HashMap<>();
        published.forEach((sku, version) -> events.put(sku, outgoing(sku, version + 1, stock, now)));
        outbox.append(List.copyOf(events.values()));
        return marked.size();
    }

    @Override
    public String name() {
        return "availability";
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<String> republish(String after, int limit) {
        List<String> page = changes.markKnown(after, limit);
        return page.size() < limit ? Optional.empty() : Optional.of(page.getLast());
    }

    private static Outgoing<?> outgoing(String sku, long version, LockedStock stock, Instant now) {
        List<AvailabilityChanged.AtLocation> locations = stock.levels(sku).stream()
                .map(level -> new AvailabilityChanged.AtLocation(level.location(), level.available()))
                .toList();
        long available = locations.stream()
                .mapToLong(AvailabilityChanged.AtLocation::available)
                .sum();
        AvailabilityChanged event = new AvailabilityChanged(sku, version, available, locations);
        return new Outgoing<>(Topics.AVAILABILITY, sku, sku, version, event, now, sku, null);
    }
}
