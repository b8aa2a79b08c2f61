package io.millrace.recommendation.sessions.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what the topology does with each click: it arrives at a product, repeats one, comes late, is excessive, duplicate or
 * dead-lettered; the sum is what was read. A record processed again after a failure is counted again, though its effect is
 * there once.
 */
final class SessionMeters {

    private final Counter arrived;
    private final Counter again;
    private final Counter late;
    private final Counter excessive;
    private final Counter duplicated;
    private final Counter deadLettered;

    SessionMeters(MeterRegistry meters) {
        arrived = tracked(meters, "arrived");
        again = tracked(meters, "again");
        late = tracked(meters, "late");
        excessive = tracked(meters, "excessive");
        duplicated = Counter.builder("millrace.recommendation.clicks.duplicated")
                .description("clicks seen before")
                .register(meters);
        deadLettered = Counter.builder("millrace.recommendation.clicks.dead-lettered")
                .description("records that can't be put into a session, set aside")
                .register(meters);
    }

    private static Counter tracked(MeterRegistry meters, String meaning) {
        return Counter.builder("millrace.recommendation.clicks.tracked")
                .description("clicks put into sessions, by what they meant there")
                .tag("meaning", meaning)
                .register(meters);
    }

    void arrived() {
        arrived.increment();
    }

    void again() {
        again.increment();
    }

    void late() {
        late.increment();
    }

    void excessive() {
        excessive.increment();
    }

    void duplicated() {
        duplicated.increment();
    }

    void deadLettered() {
        deadLettered.increment();
    }
}
