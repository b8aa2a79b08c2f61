package io.millrace.fraud.scoring.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.events.fraud.FraudOutcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Counts what the topology does with each record of its topic: scored, passed over, duplicate or dead-lettered; the sum is
 * what was read. A record processed again after a failure is counted again, though its effect is there once.
 */
final class ScoringMeters {

    private final Map<FraudOutcome, Counter> scored = new EnumMap<>(FraudOutcome.class);
    private final Counter passedOver;
    private final Counter duplicates;
    private final Counter deadLettered;
    private final Counter forgotten;

    ScoringMeters(MeterRegistry meters) {
        for (FraudOutcome outcome : FraudOutcome.values()) {
            scored.put(
                    outcome,
                    Counter.builder("millrace.fraud.transactions.scored")
                            .description("transactions decided")
                            .tag(
                                    "outcome",
                                    outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .register(meters));
        }
        passedOver = Counter.builder("millrace.fraud.events.passed-over")
                .description("events of the topic that are not scored")
                .register(meters);
        duplicates = Counter.builder("millrace.fraud.transactions.duplicated")
                .description("transactions of orders scored before")
                .register(meters);
        deadLettered = Counter.builder("millrace.fraud.transactions.dead-lettered")
                .description("records that can't be scored, set aside")
                .register(meters);
        forgotten = Counter.builder("millrace.fraud.customers.forgotten")
                .description("histories removed because their customer was away for too long")
                .register(meters);
    }

    void scored(FraudOutcome outcome) {
        Objects.requireNonNull(scored.get(outcome)).increment();
    }

    void passedOver() {
        passedOver.increment();
    }

    void duplicate() {
        duplicates.increment();
    }

    void deadLettered() {
        deadLettered.increment();
    }

    void forgotten() {
        forgotten.increment();
    }
}
