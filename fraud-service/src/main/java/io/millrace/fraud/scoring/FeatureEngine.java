package io.millrace.fraud.scoring;

import io.millrace.fraud.scoring.Features.OwnAmounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Computes the {@link Features} of a transaction from the customer's history, and the history with the transaction in
 * it.
 *
 * <p>Features look at earlier arrivals only, and only at those whose event time is not later. Windows are exact: they
 * end at the very transaction (Feedzai's Railgun, VLDB 2021, on why hopping windows are not enough).
 */
public final class FeatureEngine {

    private FeatureEngine() {}

    /**
     * Shows a transaction to a customer's history.
     *
     * @param known the customer's history; empty for a customer never seen, or forgotten
     */
    public static Applied apply(Optional<CustomerHistory> known, Transaction transaction) {
        Optional<CustomerHistory> live = known.filter(history -> !history.isForgottenBy(transaction.at()));
        if (live.isEmpty()) {
            return new Applied.Fresh(
                    features(List.of(), Optional.empty(), Duration.ZERO, transaction),
                    CustomerHistory.startedBy(transaction));
        }
        CustomerHistory history = live.get();
        if (history.remembers(transaction.orderId())) {
            return new Applied.Duplicate();
        }
        if (history.mayHaveForgotten(transaction.at())) {
            return new Applied.TooOld();
        }
        Features features = features(
                history.recent(),
                history.amounts(transaction.amount().currency()),
                knownFor(history, transaction.at()),
                transaction);
        return new Applied.Fresh(features, history.with(transaction));
    }

    private static Features features(
            List<Transaction> recent, Optional<AmountStatistics> amounts, Duration knownFor, Transaction transaction) {
        Instant now = transaction.at();
        int to = recent.size();
        while (to > 0 && recent.get(to - 1).at().isAfter(now)) { // arrived earlier, happened later
            to--;
        }
        int day = from(recent, to, now.minus(Window.DAY.length()));
        int hour = from(recent, to, now.minus(Window.HOUR.length()));
        int tenMinutes = from(recent, to, now.minus(Window.TEN_MINUTES.length()));

        long[] payments = new long[to - day + 1];
        long[] addresses = new long[payments.length];
        long[] devices = new long[payments.length];
        long[] countries = new long[payments.length];
        for (int i = 0; i < payments.length; i++) {
            Transaction each = i < to - day ? recent.get(day + i) : transaction;
            payments[i] = each.payment();
            addresses[i] = each.address();
            devices[i] = each.device();
            countries[i] = packed(each.country());
        }
        return new Features(
                transaction,
                to - tenMinutes,
                to - hour,
                to - day,
                distinct(payments),
                distinct(addresses),
                distinct(devices) - (contains(devices, Transaction.NO_DEVICE) ? 1 : 0),
                distinct(countries),
                knownFor,
                amounts.map(own -> compare(own, transaction.amount().minorUnits())));
    }

    /** Index of the first transaction after a time, among those before an index. */
    private static int from(List<Transaction> recent, int to, Instant exclusive) {
        int from = to;
        while (from > 0 && recent.get(from - 1).at().isAfter(exclusive)) {
            from--;
        }
        return from;
    }

    private static long packed(String country) {
        return ((long) country.charAt(0) << Character.SIZE) | country.charAt(1);
    }

    /** Counts by sorting in place: at most {@link CustomerHistory#CAPACITY} + 1 values, without boxing them. */
    private static int distinct(long[] values) {
        Arrays.sort(values);
        int distinct = 1;
        for (int i = 1; i < values.length; i++) {
            if (values[i] != values[i - 1]) {
                distinct++;
            }
        }
        return distinct;
    }

    private static boolean contains(long[] sorted, long value) {
        return Arrays.binarySearch(sorted, value) >= 0;
    }

    private static Duration knownFor(CustomerHistory history, Instant now) {
        return history.firstSeenAt().isBefore(now) ? Duration.between(history.firstSeenAt(), now) : Duration.ZERO;
    }

    private static OwnAmounts compare(AmountStatistics own, long minorUnits) {
        return new OwnAmounts(own.count(), own.typical(), minorUnits / own.typical(), own.deviations(minorUnits));
    }
}
