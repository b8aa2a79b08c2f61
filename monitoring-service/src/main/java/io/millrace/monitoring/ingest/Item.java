package io.millrace.monitoring.ingest;

import io.millrace.monitoring.orders.OrderFact;
import io.millrace.monitoring.telemetry.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record of a topic, read.
 *
 * @param offset where it stood
 * @param recordedAt the record's own time
 */
public record Item(Place place, long offset, Instant recordedAt, Content content) {

    /** What a record held. */
    public sealed interface Content {}

    /**
     * An event of a business topic.
     *
     * @param fact what it says of an order, where it says something that is counted
     */
    public record OfEvent(StoredEvent event, Optional<OrderFact> fact) implements Content {}

    /**
     * Something a visitor did or a session came to: counted, and not stored.
     *
     * @param type name of the event, one of the few that are declared, or {@code unknown}
     */
    public record OfVisit(String type) implements Content {}

    /** The logs, samples or spans of an OTLP request. */
    public record OfSignals(List<Signal> signals) implements Content {}

    /** Nothing to store: a record that could not be read and was set aside, or a tombstone. */
    public record Nothing() implements Content {}

    /** The same record with nothing to store. */
    public Item emptied() {
        return new Item(place, offset, recordedAt, new Nothing());
    }
}
