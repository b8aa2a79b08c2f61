package io.millrace.messaging.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What the relay counts: published + failed = sends answered. */
final class OutboxMeters {

    private final MeterRegistry meters;
    private final Counter published;
    private final Counter failed;
    private final Counter takeovers;

    OutboxMeters(MeterRegistry meters) {
        this.meters = meters;
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

    /** Shows the lanes a relay can't get on with. */
    void failing(OutboxRelay relay) {
        Gauge.builder(
                        "millrace.outbox.lanes.failing",
                        relay,
                        each -> each.failing().size())
                .description("lanes with an event that could not be published when it was last tried; 0 where another"
                        + " instance publishes. One that stays tells of an event the brokers refuse")
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
