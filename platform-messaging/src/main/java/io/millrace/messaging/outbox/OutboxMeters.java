package io.millrace.messaging.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the relay counts: published + failed = sends answered. */
final class OutboxMeters {

    private final Counter published;
    private final Counter failed;
    private final Counter takeovers;

    OutboxMeters(MeterRegistry meters) {
        published = Counter.builder("millrace.outbox.events.published")
                .description("events acknowledged by the brokers and recorded as published")
                .register(meters);
        failed = Counter.builder("millrace.outbox.sends.failed")
                .description("sends the brokers did not acknowledge; each is repeated")
                .register(meters);
        takeovers = Counter.builder("millrace.outbox.leases.taken")
                .description("times this instance became the one that publishes")
                .register(meters);
    }

    void published(int events) {
        published.increment(events);
    }

    void failed() {
        failed.increment();
    }

    void tookOver() {
        takeovers.increment();
    }
}
