package io.millrace.messaging.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the outbox, {@code millrace.outbox.*}.
 *
 * @param bound events waiting for the brokers from which on nothing new should be accepted; at least 1. Bounds the table
 *     while the brokers are away
 * @param batch events read and sent at a time, 1 to 10,000. More costs memory, fewer costs throughput
 * @param leaseFor how long a relay may publish without renewing its lease; above twice {@code deliverWithin}. After a
 *     relay has died, another takes over that much later
 * @param deliverWithin how long the brokers may take to acknowledge a record, retries included, before its lane is held
 *     back; below half of {@code leaseFor}, so that no send outlives the lease
 * @param gatherFor how long the relay lets commits gather after a pass that found work; 0 to 50 ms. Longer makes larger
 *     batches and adds as much latency
 * @param pollEvery how often the table is read although nothing signalled work: the safety net under lost signals
 * @param keepPublished how long acknowledged events are kept, so that they can be sent again; whole days
 */
@ConfigurationProperties("millrace.outbox")
public record OutboxProperties(
        @DefaultValue("100000") int bound,
        @DefaultValue("1000") int batch,
        @DefaultValue("10s") Duration leaseFor,
        @DefaultValue("4500ms") Duration deliverWithin,
        @DefaultValue("10ms") Duration gatherFor,
        @DefaultValue("1s") Duration pollEvery,
        @DefaultValue("7d") Duration keepPublished) {

    /** Refuses values out of range, naming the property. */
    public OutboxProperties {
        require(bound >= 1, "bound must be at least 1");
        require(batch >= 1 && batch <= 10_000, "batch must lie within 1 and 10000");
        require(
                deliverWithin.multipliedBy(2).compareTo(leaseFor) < 0,
                "deliver-within must be below half of lease-for: a send must not outlive the lease");
        require(!gatherFor.isNegative() && gatherFor.toMillis() <= 50, "gather-for must lie within 0 and 50 ms");
        require(pollEvery.isPositive(), "poll-every must be positive");
        require(keepPublished.toDays() >= 1, "keep-published must be at least a day");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.outbox." + message);
        }
    }
}
