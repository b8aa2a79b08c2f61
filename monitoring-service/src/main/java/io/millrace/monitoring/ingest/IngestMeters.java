package io.millrace.monitoring.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What ingestion counts. Every record read is stored, dropped as its kind's space is full, met again, counted as a visit,
 * passed over as a tombstone, or set aside in the dead letters; a request holds many logs, samples or spans, which are counted
 * one by one.
 */
@Component
public class IngestMeters {

    private final MeterRegistry meters;
    private final Counter repeated;
    private final Counter retried;
    private final Timer writes;

    IngestMeters(MeterRegistry meters) {
        this.meters = meters;
        repeated = Counter.builder("millrace.monitoring.records.repeated")
                .description("records that had been stored before and were passed over")
                .register(meters);
        retried = Counter.builder("millrace.monitoring.polls.retried")
                .description(
                        "polls that could not be stored and were read again, as the database or the brokers were away")
                .register(meters);
        writes = Timer.builder("millrace.monitoring.polls.stored")
                .description("transactions that store a poll or a part of it")
                .register(meters);
    }

    void stored(Map<String, Integer> records, int before, Duration took) {
        records.forEach((kind, count) -> Counter.builder("millrace.monitoring.records.stored")
                .description("events, logs, samples and spans stored")
                .tag("kind", kind)
                .register(meters)
                .increment(count));
        repeated.increment(before);
        writes.record(took);
    }

    /** What visitors did. */
    void visited(Map<String, Integer> types) {
        types.forEach((type, count) -> Counter.builder("millrace.monitoring.visits.counted")
                .description("events of visitors and their sessions, which are counted and not stored")
                .tag("type", type)
                .register(meters)
                .increment(count));
    }

    /** What there was no room for. */
    void dropped(Map<String, Integer> records) {
        records.forEach((kind, count) -> Counter.builder("millrace.monitoring.records.dropped")
                .description("events, logs, samples and spans that were not stored, as today's fill their space")
                .tag("kind", kind)
                .register(meters)
                .increment(count));
    }

    /** A poll could not be stored and comes again. */
    public void retried() {
        retried.increment();
    }

    /** A record was set aside. */
    public void deadLettered(String topic) {
        Counter.builder("millrace.monitoring.records.dead-lettered")
                .description("records that could not be read and were set aside in a dead-letter topic")
                .tag("topic", topic)
                .register(meters)
                .increment();
    }
}
