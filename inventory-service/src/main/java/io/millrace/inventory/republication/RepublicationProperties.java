package io.millrace.inventory.republication;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of publishing current state again, {@code millrace.republication.*}.
 *
 * @param every time between the end of one pass and the begin of the next; at least a minute. A reader that lost state has it
 *     back after this time
 * @param page products of one transaction, 1 to 5,000
 * @param pace wait between two pages, 10 ms to 10 s: keeps a large catalogue from filling the outbox
 */
@ConfigurationProperties("millrace.republication")
public record RepublicationProperties(
        @DefaultValue("1h") Duration every,
        @DefaultValue("500") int page,
        @DefaultValue("200ms") Duration pace) {

    /** Refuses values out of range, naming the property. */
    public RepublicationProperties {
        require(every.toMinutes() >= 1, "every must be at least a minute");
        require(page >= 1 && page <= 5_000, "page must lie within 1 and 5000");
        require(pace.toMillis() >= 10 && pace.toSeconds() <= 10, "pace must lie within 10 ms and 10 s");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.republication." + message);
        }
    }
}
