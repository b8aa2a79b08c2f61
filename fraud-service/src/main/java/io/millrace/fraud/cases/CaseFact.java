package io.millrace.fraud.cases;

import io.millrace.fraud.cases.FraudCase.Ruling;
import java.util.UUID;

/** Something heard about an order that bears on its screening. */
public sealed interface CaseFact {

    /** The order. */
    UUID orderId();

    /** Scoring decided: for the record, and a case where a person is needed. */
    record Scored(Decision decision) implements CaseFact {
        @Override
        public UUID orderId() {
            return decision.scored().orderId();
        }
    }

    /** An analyst decided, as published from here: already known, but in a database that is rebuilt. */
    record Ruled(UUID orderId, Ruling ruling) implements CaseFact {}

    /**
     * The order ended without being confirmed.
     *
     * @param how such as {@code expired}
     */
    record Ended(UUID orderId, String how) implements CaseFact {}
}
