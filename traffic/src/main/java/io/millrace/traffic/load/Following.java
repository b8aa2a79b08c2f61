package io.millrace.traffic.load;

import java.time.Duration;

/**
 * How accepted orders are followed to their end, by asking for them.
 *
 * @param oneIn one in so many accepted orders is followed, 1 and above: asking costs the system under test
 * @param firstLook from the acceptance to the first question
 * @param interval between questions
 * @param patience from the acceptance; an order that has not ended by then is counted unfinished
 * @param most orders followed at a time; further ones are not followed
 * @param reader tells whether an order has ended
 */
public record Following(
        int oneIn, Duration firstLook, Duration interval, Duration patience, int most, OrderReader reader) {

    /** Every order, first after 200 ms, then each 500 ms, for a minute, 100,000 at a time. */
    public static final Following ALL = new Following(
            1, Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofMinutes(1), 100_000, StatusReader.DECIDED);

    /** Refuses numbers out of range. */
    public Following {
        if (oneIn < 1 || most < 1 || interval.toMillis() < 1) {
            throw new IllegalArgumentException("oneIn, most and interval must be above 0");
        }
    }
}
