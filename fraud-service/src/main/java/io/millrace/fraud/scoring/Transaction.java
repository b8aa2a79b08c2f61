package io.millrace.fraud.scoring;

import io.millrace.events.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A payment that is wanted, reduced to what scoring looks at; also what a {@link CustomerHistory} remembers of it.
 *
 * <p>Fingerprints are 64-bit hashes: two different values meet by chance once in 2^64 / 128 comparisons, far below any
 * rule's own error.
 *
 * @param orderId the order the payment is for; one order is scored once
 * @param at event time, cut to microseconds (the precision of the database the event came from); after 1970-01-01
 * @param amount what is to be paid, not negative
 * @param units units over all lines of the order, at least 1
 * @param country where the goods go: ISO 3166 code of two capital letters
 * @param payment fingerprint of the payment token
 * @param address fingerprint of the shipping address
 * @param device fingerprint of the device, {@value #NO_DEVICE} when the client sent none
 */
public record Transaction(
        UUID orderId, Instant at, Money amount, int units, String country, long payment, long address, long device) {

    /** The device of a client that names none. */
    public static final long NO_DEVICE = 0;

    /** Refuses what no order can have, naming the value. */
    public Transaction {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (!at.isAfter(Instant.EPOCH)) {
            throw new IllegalArgumentException("time must be after 1970-01-01, was " + at);
        }
        if (amount.minorUnits() < 0) {
            throw new IllegalArgumentException("amount must not be negative, was " + amount.minorUnits());
        }
        if (units < 1) {
            throw new IllegalArgumentException("units must be at least 1, were " + units);
        }
        if (country.length() != 2 || !country.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            throw new IllegalArgumentException("country must be an ISO 3166 code such as GB, was " + country);
        }
    }
}
