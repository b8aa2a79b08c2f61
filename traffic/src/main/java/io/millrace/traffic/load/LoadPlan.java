package io.millrace.traffic.load;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What a run of the load driver does. It is bounded in time and in everything it has on its way.
 *
 * @param target where orders are posted, {@code http} only: the driver is for the same machine or a quiet network
 * @param pace when orders are sent
 * @param duration how long orders are offered
 * @param maxInFlight orders without a final answer at a time, connections as well, 1 to 10,000. An open loop that reaches it
 *     leaves out the orders whose time comes, and counts them
 * @param answerTimeout how long one answer is waited for, and how long the last ones are after {@code duration}
 * @param retries when an order is sent again
 * @param customers orders are placed by so many customers in turn, 1 and above
 * @param run makes idempotency keys of this run its own; the same one repeats them
 * @param following how accepted orders are followed; empty to not ask for them
 */
public record LoadPlan(
        URI target,
        Pace pace,
        Duration duration,
        int maxInFlight,
        Duration answerTimeout,
        Retries retries,
        int customers,
        UUID run,
        Optional<Following> following) {

    private static final int USUAL_IN_FLIGHT = 1_000;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

    /** Refuses what the driver can't do. */
    public LoadPlan {
        if (!"http".equals(target.getScheme()) || target.getHost() == null) {
            throw new IllegalArgumentException("target must be an http address with a host, was " + target);
        }
        if (maxInFlight < 1 || maxInFlight > 10_000 || customers < 1) {
            throw new IllegalArgumentException("maxInFlight must be 1 to 10,000 and customers at least 1");
        }
        if (duration.isNegative() || duration.toDays() > 1 || answerTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("duration must be at most a day and answerTimeout at least 1 ms");
        }
    }

    /**
     * The usual: at most 1,000 in flight, 10 s for an answer, one customer, keys of its own, orders not followed. An open
     * loop sends each order once; a closed loop until it is answered with anything but 429, 502, 503 and 504.
     */
    public static LoadPlan of(URI target, Pace pace, Duration duration) {
        return switch (pace) {
            case Pace.OpenLoop _ ->
                new LoadPlan(
                        target,
                        pace,
                        duration,
                        USUAL_IN_FLIGHT,
                        USUAL_TIMEOUT,
                        Retries.NONE,
                        1,
                        UUID.randomUUID(),
                        Optional.empty());
            case Pace.ClosedLoop(int concurrent) ->
                new LoadPlan(
                        target,
                        pace,
                        duration,
                        concurrent,
                        USUAL_TIMEOUT,
                        Retries.UNTIL_ANSWERED,
                        1,
                        UUID.randomUUID(),
                        Optional.empty());
        };
    }

    /** The idempotency key of the order with an index: a random-looking UUID, always the same for the same run and index. */
    public String key(long index) {
        return new UUID(run.getMostSignificantBits(), run.getLeastSignificantBits() ^ mixed(index)).toString();
    }

    /** One-to-one, so that no two indexes share a key (the finaliser of SplitMix64). */
    private static long mixed(long index) {
        long z = (index ^ (index >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** This plan with another bound on what is in flight. */
    public LoadPlan withMaxInFlight(int most) {
        return new LoadPlan(target, pace, duration, most, answerTimeout, retries, customers, run, following);
    }

    /** This plan with another time-out. */
    public LoadPlan withAnswerTimeout(Duration timeout) {
        return new LoadPlan(target, pace, duration, maxInFlight, timeout, retries, customers, run, following);
    }

    /** This plan with other retries. */
    public LoadPlan withRetries(Retries other) {
        return new LoadPlan(target, pace, duration, maxInFlight, answerTimeout, other, customers, run, following);
    }

    /** This plan with so many customers. */
    public LoadPlan withCustomers(int number) {
        return new LoadPlan(target, pace, duration, maxInFlight, answerTimeout, retries, number, run, following);
    }

    /** This plan with the keys of a given run, so that it can be replayed. */
    public LoadPlan withRun(UUID id) {
        return new LoadPlan(target, pace, duration, maxInFlight, answerTimeout, retries, customers, id, following);
    }

    /** This plan with its accepted orders followed. */
    public LoadPlan withFollowing(Following how) {
        return new LoadPlan(
                target, pace, duration, maxInFlight, answerTimeout, retries, customers, run, Optional.of(how));
    }
}
