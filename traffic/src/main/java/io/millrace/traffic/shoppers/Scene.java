package io.millrace.traffic.shoppers;

import java.time.Clock;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What every visit has to do with.
 *
 * @param run makes ids of clicks and orders this run's own: the same seed again must not repeat old ones
 */
record Scene(Shop shop, Checkout checkout, Pauses pauses, Tally tally, GroundTruth truth, Clock clock, UUID run) {

    /** An id that nobody else draws, not in another run either. */
    UUID id(SplittableRandom chance) {
        return new UUID(
                run.getMostSignificantBits() ^ chance.nextLong(), run.getLeastSignificantBits() ^ chance.nextLong());
    }
}
