package io.millrace.traffic.shoppers;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Who comes, and when: visits at random times (a Poisson process), whether or not earlier ones have ended, so many that the
 * orders they place come to the rate that is wanted. The same rate, share and seed give the same arrivals. Not thread-safe.
 */
final class Arrivals {

    static final int LEAST_TRIED_CARDS = 12;
    static final int MOST_TRIED_CARDS = 24;

    private static final double CARD_TESTERS = 0.5;
    private static final double ORDERS_OF_ATTACK =
            CARD_TESTERS * (LEAST_TRIED_CARDS + MOST_TRIED_CARDS) / 2 + (1 - CARD_TESTERS);

    private final long seed;
    private final double attacks;
    private final Duration meanPause;
    private long index;

    /**
     * Somebody who comes.
     *
     * @param index from 0
     * @param after time since the one before
     * @param fraud what he is up to; empty for an honest visitor
     * @param chance what he does is drawn from here
     */
    record Arrival(long index, Duration after, Optional<FraudKind> fraud, SplittableRandom chance) {}

    /**
     * Arrivals at a rate.
     *
     * @param ordersPerMinute above 0
     * @param fraudShare of all orders, 0 to 0.5
     */
    Arrivals(double ordersPerMinute, double fraudShare, long seed) {
        this.seed = seed;
        // With a share a of arrivals attacking by m orders each, and b of the others buying, an arrival places
        // e = (1 - a) b + a m orders on average, of which a m are to be the share f: a = f e / m.
        double ordersPerArrival = Browsing.BUYERS / (1 - fraudShare + Browsing.BUYERS * fraudShare / ORDERS_OF_ATTACK);
        this.attacks = fraudShare * ordersPerArrival / ORDERS_OF_ATTACK;
        double perSecond = ordersPerMinute / 60 / ordersPerArrival;
        this.meanPause = Duration.ofNanos((long) (1e9 / perSecond));
    }

    /** Mean time between two arrivals. */
    Duration meanPause() {
        return meanPause;
    }

    Arrival next() {
        SplittableRandom chance = Chance.of(seed, index);
        Duration after = Chance.time(meanPause, chance);
        Optional<FraudKind> fraud = Optional.empty();
        if (chance.nextDouble() < attacks) {
            fraud = Optional.of(
                    chance.nextDouble() < CARD_TESTERS ? FraudKind.CARD_TESTING : FraudKind.ACCOUNT_TAKEOVER);
        }
        return new Arrival(index++, after, fraud, chance);
    }
}
