package io.millrace.events;

/**
 * An amount of money.
 *
 * @param minorUnits the amount in the currency's smallest unit (pence, cents); may be negative
 * @param currency ISO 4217 code of three capital letters
 */
public record Money(long minorUnits, String currency) {

    /** Refuses a currency that is not three capital letters. */
    public Money {
        if (currency.length() != 3 || !currency.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            throw new IllegalArgumentException("currency must be an ISO 4217 code such as GBP, was " + currency);
        }
    }

    /**
     * The sum of both amounts.
     *
     * @throws IllegalArgumentException when the currencies differ
     * @throws ArithmeticException when the sum exceeds a long
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("currencies differ: " + currency + " and " + other.currency);
        }
        return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
    }

    /**
     * This amount times a number of units.
     *
     * @throws ArithmeticException when the product exceeds a long
     */
    public Money times(int quantity) {
        return new Money(Math.multiplyExact(minorUnits, (long) quantity), currency);
    }
}
