package io.millrace.events.order;

import io.millrace.events.EventType;
import io.millrace.events.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer wants to pay for an order: to be scored before any money moves.
 *
 * <p>Whatever could identify a person or a card is a keyed hash (HMAC-SHA-256, hexadecimal, shortened to 32 digits):
 * equal inputs give equal hashes, and nothing leads back.
 *
 * @param orderId the order
 * @param customerId who pays
 * @param amount what is to be paid
 * @param lineCount lines of the order, at least 1
 * @param unitCount units over all lines, at least 1
 * @param shipToCountry ISO 3166 code of two letters
 * @param paymentHash hash of the payment token
 * @param emailHash hash of the lower-case e-mail address
 * @param addressHash hash of the shipping address
 * @param deviceHash hash of the device id; null when the client sent none
 * @param visitorHash hash of the visitor id; null when the client sent none
 * @param initiatedAt when the order was placed
 */
@EventType("transaction.initiated")
public record TransactionInitiated(
        UUID orderId,
        String customerId,
        Money amount,
        int lineCount,
        int unitCount,
        String shipToCountry,
        String paymentHash,
        String emailHash,
        String addressHash,
        @Nullable String deviceHash,
        @Nullable String visitorHash,
        Instant initiatedAt)
        implements TransactionEvent {}
