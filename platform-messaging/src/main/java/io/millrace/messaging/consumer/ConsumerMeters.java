package io.millrace.messaging.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;

/** What a group counts: every record read is processed or dead-lettered in the end; retried ones are read again. */
final class ConsumerMeters {

    private final Counter processed;
    private final Counter retried;
    private final Counter deadLettered;
    private final AtomicReference<Double> lag;

    ConsumerMeters(MeterRegistry meters, String group) {
        processed = Counter.builder("millrace.consumer.records.processed")
                .description("records applied; a redelivered one counts again")
                .tag("group", group)
                .register(meters);
        retried = Counter.builder("millrace.consumer.records.retried")
                .description("attempts that failed and are followed by another")
                .tag("group", group)
                .register(meters);
        lag = new AtomicReference<>(Double.NaN);
        Gauge.builder("millrace.consumer.records.lag", lag, AtomicReference::get)
                .description(
                        "records behind the end of this instance's partitions; no number before the first is known")
                .tag("group", group)
                .register(meters);
        deadLettered = Counter.builder("millrace.consumer.records.dead-lettered")
                .description("records set aside in a dead-letter topic")
                .tag("group", group)
                .register(meters);
    }

    /** How far behind the group's partitions of this instance are. */
    void lag(long records) {
        lag.set((double) records);
    }

    void processed(int records) {
        processed.increment(records);
    }

    void retried() {
        retried.increment();
    }

    void deadLettered() {
        deadLettered.increment();
    }
}
