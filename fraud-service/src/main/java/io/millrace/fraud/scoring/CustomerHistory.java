package io.millrace.fraud.scoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is remembered of one customer: his latest transactions one by one, in order of event time, and his spending in
 * the long run. Immutable.
 *
 * <p>Bounded: at most {@value #CAPACITY} transactions of the last {@value #MEMORY_DAYS} days and
 * {@value #CURRENCIES} currencies; what is forgotten leaves its event time behind, so that an event that can no longer
 * be told from a duplicate is recognised as such.
 *
 * @param firstSeenAt event time of the first transaction since the customer was last forgotten
 * @param forgottenUpTo newest event time among transactions no longer remembered; {@link Instant#EPOCH} while all are
 * @param amounts spending per currency
 * @param recent transactions, oldest first, at least one
 */
public record CustomerHistory(
        Instant firstSeenAt, Instant forgottenUpTo, List<AmountStatistics> amounts, List<Transaction> recent) {

    /**
     * Transactions remembered one by one. Every velocity limit lies below it, so that a full memory never hides a limit
     * that was passed; see {@link ScoringProperties.Velocity}.
     */
    public static final int CAPACITY = 128;

    /** Currencies whose spending is remembered; the one unused for longest gives way. */
    public static final int CURRENCIES = 4;

    /** Days a transaction, and a customer without any newer one, is remembered: {@link #MEMORY} in words. */
    static final int MEMORY_DAYS = 35;

    /**
     * How long a transaction is remembered. Longer than the 30 days its topic is kept: no record that can still be
     * delivered again is forgotten for its age.
     */
    public static final Duration MEMORY = Duration.ofDays(MEMORY_DAYS);

    /** Refuses an empty memory, and one that is larger than its bounds. */
    public CustomerHistory {
        amounts = List.copyOf(amounts);
        recent = List.copyOf(recent);
        if (recent.isEmpty() || recent.size() > CAPACITY || amounts.size() > CURRENCIES) {
            throw new IllegalArgumentException("a history holds 1 to " + CAPACITY + " transactions and at most "
                    + CURRENCIES + " currencies, was " + recent.size() + " and " + amounts.size());
        }
    }

    static CustomerHistory startedBy(Transaction transaction) {
        return new CustomerHistory(
                transaction.at(), Instant.EPOCH, List.of(statisticsOf(transaction)), List.of(transaction));
    }

    /** Event time of the newest transaction. */
    public Instant lastSeenAt() {
        return recent.getLast().at();
    }

    /** Whether, at an event time, the customer has been away for so long that he is a stranger again. */
    public boolean isForgottenBy(Instant time) {
        return lastSeenAt().plus(MEMORY).isBefore(time);
    }

    boolean remembers(UUID orderId) {
        for (Transaction transaction : recent) {
            if (transaction.orderId().equals(orderId)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a transaction of this time could be one that is no longer remembered. */
    boolean mayHaveForgotten(Instant time) {
        return !time.isAfter(forgottenUpTo) || time.isBefore(lastSeenAt().minus(MEMORY));
    }

    Optional<AmountStatistics> amounts(String currency) {
        return amounts.stream()
                .filter(known -> known.currency().equals(currency))
                .findFirst();
    }

    CustomerHistory with(Transaction transaction) {
        List<Transaction> all = new ArrayList<>(recent.size() + 1);
        all.addAll(recent);
        all.add(placeOf(transaction), transaction);

        Instant horizon = all.getLast().at().minus(MEMORY);
        int forgotten = Math.max(0, all.size() - CAPACITY);
        while (all.get(forgotten).at().isBefore(horizon)) { // ends: the newest is not older than itself
            forgotten++;
        }
        return new CustomerHistory(
                transaction.at().isBefore(firstSeenAt) ? transaction.at() : firstSeenAt,
                forgotten == 0
                        ? forgottenUpTo
                        : later(forgottenUpTo, all.get(forgotten - 1).at()),
                amountsWith(transaction),
                all.subList(forgotten, all.size()));
    }

    /** After everything that is not later: late events find their place, equal times keep their order of arrival. */
    private int placeOf(Transaction transaction) {
        int place = recent.size();
        while (place > 0 && recent.get(place - 1).at().isAfter(transaction.at())) {
            place--;
        }
        return place;
    }

    private List<AmountStatistics> amountsWith(Transaction transaction) {
        List<AmountStatistics> updated = new ArrayList<>(amounts);
        for (int i = 0; i < updated.size(); i++) {
            if (updated.get(i).currency().equals(transaction.amount().currency())) {
                updated.set(i, updated.get(i).with(transaction.amount().minorUnits(), transaction.at()));
                return updated;
            }
        }
        updated.add(statisticsOf(transaction));
        if (updated.size() > CURRENCIES) {
            updated.remove(updated.stream()
                    .min(Comparator.comparing(AmountStatistics::at))
                    .orElseThrow());
        }
        return updated;
    }

    private static AmountStatistics statisticsOf(Transaction transaction) {
        return AmountStatistics.startedBy(
                transaction.amount().currency(), transaction.amount().minorUnits(), transaction.at());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
