package io.millrace.monitoring.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the brokers said.
 *
 * @param at when
 * @param groups every group with committed offsets on a topic of the platform, by group and topic
 * @param deadLetters every dead-letter topic that holds something
 */
public record LagReading(Instant at, List<GroupLag> groups, List<DeadLetterCount> deadLetters) {

    /** Longer than several readings take. */
    private static final Duration STALE = Duration.ofSeconds(30);

    /** The same, with the states of a reading that is too old to be true marked as unknown. */
    LagReading asOf(Instant now) {
        if (now.isBefore(at.plus(STALE))) {
            return this;
        }
        return new LagReading(
                at,
                groups.stream()
                        .map(each -> new GroupLag(each.group(), each.topic(), each.records(), GroupLag.UNKNOWN))
                        .toList(),
                deadLetters);
    }
}
