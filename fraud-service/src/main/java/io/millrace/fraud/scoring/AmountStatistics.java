package io.millrace.fraud.scoring;

import java.time.Duration;
import java.time.Instant;

/**
 * What a customer usually spends in one currency: a weighted mean and variance of the natural logarithm of his amounts,
 * in which an amount counts half as much for every {@value #HALF_LIFE_DAYS} days of its age.
 *
 * <p>Logarithms, because baskets are spread by factors rather than by differences: one order of a hundred times the
 * usual amount, as a thief would place, moves the mean by a step that the next order still stands out from. Decay is
 * anchored at event time ("forward decay", Cormode et al., ICDE 2009) and the variance is updated as in West,
 * "Updating mean and variance estimates" (CACM 1979): a late event counts as it would have in order, up to rounding.
 * {@link StrictMath} gives the same bits on every machine, hence the same decision on every replay.
 *
 * @param currency ISO 4217 code; amounts of other currencies are never mixed in
 * @param count amounts seen, without decay; at least 1
 * @param weight sum of the decayed weights as of {@code at}, positive
 * @param mean weighted mean of ln(minor units)
 * @param squares weighted sum of squared deviations from the mean, not negative
 * @param at event time of the newest amount
 */
public record AmountStatistics(String currency, long count, double weight, double mean, double squares, Instant at) {

    /** Days in which an amount loses half its weight: about a salary month, so that habits may change. */
    static final int HALF_LIFE_DAYS = 30;

    /**
     * The least standard deviation assumed, in natural logarithms: a factor of 1.65. A customer of five equal baskets is
     * not expected to buy that basket for ever.
     */
    static final double LEAST_DEVIATION = 0.5;

    private static final double HALF_LIFE_MILLIS =
            Duration.ofDays(HALF_LIFE_DAYS).toMillis();
    private static final double LN_2 = StrictMath.log(2);

    static AmountStatistics startedBy(String currency, long minorUnits, Instant at) {
        return new AmountStatistics(currency, 1, 1, ln(minorUnits), 0, at);
    }

    AmountStatistics with(long minorUnits, Instant time) {
        boolean newest = time.isAfter(at);
        Instant reference = newest ? time : at;
        double aged = newest ? decay(at, time) : 1;
        double own = newest ? 1 : decay(time, at);
        double sum = weight * aged + own;
        double before = ln(minorUnits) - mean;
        double updated = mean + before * own / sum;
        double after = ln(minorUnits) - updated;
        return new AmountStatistics(
                currency, count + 1, sum, updated, squares * aged + own * before * after, reference);
    }

    /** The customer's typical amount in minor units: the weighted geometric mean. */
    double typical() {
        return StrictMath.exp(mean);
    }

    /** How many standard deviations, at least {@link #LEAST_DEVIATION} each, an amount lies above the mean. */
    double deviations(long minorUnits) {
        return (ln(minorUnits) - mean) / Math.max(LEAST_DEVIATION, StrictMath.sqrt(squares / weight));
    }

    private static double ln(long minorUnits) {
        return StrictMath.log((double) Math.max(1, minorUnits)); // an order that costs nothing has no logarithm
    }

    private static double decay(Instant from, Instant to) {
        return StrictMath.exp(-LN_2 * (double) Duration.between(from, to).toMillis() / HALF_LIFE_MILLIS);
    }
}
