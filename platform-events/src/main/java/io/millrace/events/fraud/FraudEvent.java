package io.millrace.events.fraud;

import io.millrace.events.Event;
import java.util.UUID;

/** What was decided about a transaction: by scoring (sequence 1) and, where a person was asked, by an analyst (2). */
public sealed interface FraudEvent extends Event permits TransactionScored, ReviewDecided {

    /** The order whose transaction it is. */
    UUID orderId();
}
