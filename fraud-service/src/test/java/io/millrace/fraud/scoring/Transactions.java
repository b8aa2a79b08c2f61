package io.millrace.fraud.scoring;

import io.millrace.events.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Transactions for tests: of a plain shopper unless something else is asked for. */
public final class Transactions {

    /** A moment to count from. */
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Transactions() {}

    /** An order of 40.00 GBP. */
    public static Transaction orderAt(Instant time) {
        return order(time, gbp(40_00));
    }

    /** An order of an amount. */
    public static Transaction order(Instant time, Money amount) {
        return new Transaction(UUID.randomUUID(), time, amount, 2, "GB", 1, 1, 1);
    }

    /** Pounds sterling. */
    public static Money gbp(long minorUnits) {
        return new Money(minorUnits, "GBP");
    }

    static Transaction paidBy(Instant time, long payment) {
        return new Transaction(UUID.randomUUID(), time, gbp(40_00), 2, "GB", payment, 1, 1);
    }

    static Transaction shippedTo(Instant time, String country, long address) {
        return new Transaction(UUID.randomUUID(), time, gbp(40_00), 2, country, 1, address, 1);
    }

    static Transaction sentFrom(Instant time, long device) {
        return new Transaction(UUID.randomUUID(), time, gbp(40_00), 2, "GB", 1, 1, device);
    }

    /** Anything an order can be, within some days from {@link #NOON}; values are few, so that they repeat. */
    public static Transaction any(RandomGenerator random, Duration within) {
        return new Transaction(
                new UUID(random.nextLong(), random.nextLong()),
                NOON.plusMillis(random.nextLong(within.toMillis())),
                new Money(
                        random.nextLong(1_000_00), List.of("GBP", "EUR", "USD").get(random.nextInt(3))),
                1 + random.nextInt(5),
                List.of("GB", "IE", "FR", "DE").get(random.nextInt(4)),
                random.nextLong(4),
                random.nextLong(4),
                random.nextLong(4));
    }

    /** The history after transactions in their order; all must be fresh. */
    public static CustomerHistory after(List<Transaction> transactions) {
        return transactions.stream()
                .reduce(
                        Optional.<CustomerHistory>empty(),
                        (history, next) -> Optional.of(fresh(history, next).history()),
                        (one, other) -> other)
                .orElseThrow();
    }

    static Applied.Fresh fresh(Optional<CustomerHistory> history, Transaction next) {
        return (Applied.Fresh) FeatureEngine.apply(history, next);
    }

    /** Plain orders, one per step, the last one step before a time. */
    static List<Transaction> every(Duration step, int count, Instant before) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> orderAt(before.minus(step.multipliedBy(count - i + 1L))))
                .toList();
    }
}
