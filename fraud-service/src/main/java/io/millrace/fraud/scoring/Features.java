package io.millrace.fraud.scoring;

import java.time.Duration;
import java.util.Optional;

/**
 * What is notable about a transaction in the light of everything that arrived before it.
 *
 * @param transaction the transaction itself
 * @param priorTenMinutes the customer's earlier transactions in {@link Window#TEN_MINUTES}, without this one
 * @param priorHour the same in {@link Window#HOUR}
 * @param priorDay the same in {@link Window#DAY}; all three count at most {@link CustomerHistory#CAPACITY}
 * @param payments different payment tokens in {@link Window#DAY}, with this one's
 * @param addresses different shipping addresses in {@link Window#DAY}, with this one's
 * @param devices different devices in {@link Window#DAY}, with this one's; transactions that name none are left out
 * @param countries different countries shipped to in {@link Window#DAY}, with this one's
 * @param knownFor since the customer's first transaction; zero for the first
 * @param ownAmounts how the amount compares with the customer's own in the same currency; empty when there are none
 */
public record Features(
        Transaction transaction,
        int priorTenMinutes,
        int priorHour,
        int priorDay,
        int payments,
        int addresses,
        int devices,
        int countries,
        Duration knownFor,
        Optional<OwnAmounts> ownAmounts) {

    /** Earlier transactions in a window, without this one. */
    int prior(Window window) {
        return switch (window) {
            case TEN_MINUTES -> priorTenMinutes;
            case HOUR -> priorHour;
            case DAY -> priorDay;
        };
    }

    /**
     * An amount beside the customer's own.
     *
     * @param orders amounts compared with, at least 1
     * @param typicalMinorUnits the customer's typical amount; see {@link AmountStatistics}
     * @param multiple this amount over the typical one
     * @param deviations standard deviations above the mean, in logarithms; negative below it
     */
    public record OwnAmounts(long orders, double typicalMinorUnits, double multiple, double deviations) {}
}
