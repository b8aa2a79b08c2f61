package io.millrace.fraud.cases;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a case stands in the list: behind every older transaction, and among equal times in the order of the ids.
 *
 * @param transactionAt when the order was placed
 * @param orderId the order
 */
public record CasePosition(Instant transactionAt, UUID orderId) {

    /** Before every case. */
    static final CasePosition FIRST = new CasePosition(Instant.EPOCH, new UUID(0, 0));

    /** The position of a case. */
    public static CasePosition of(FraudCase each) {
        return new CasePosition(
                each.decision().scored().transactionAt(),
                each.decision().scored().orderId());
    }

    /** As text, for a cursor. */
    public String text() {
        return transactionAt + "_" + orderId;
    }

    /** Reads the text back; empty when it is none. */
    public static Optional<CasePosition> parse(String text) {
        int end = text.indexOf('_');
        if (end < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new CasePosition(Instant.parse(text.substring(0, end)), UUID.fromString(text.substring(end + 1))));
        } catch (DateTimeException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
