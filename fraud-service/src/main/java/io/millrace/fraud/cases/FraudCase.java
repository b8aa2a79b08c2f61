package io.millrace.fraud.cases;

import java.time.Instant;
import java.util.Optional;

/**
 * An order that scoring wants a person to look at.
 *
 * @param decision what scoring decided, and why
 * @param status where the case stands
 * @param ruling what an analyst decided; present exactly when the case is approved or declined
 * @param orderEnding how the order ended before anybody decided, such as {@code expired}; empty otherwise
 */
public record FraudCase(Decision decision, CaseStatus status, Optional<Ruling> ruling, Optional<String> orderEnding) {

    /**
     * What an analyst decided.
     *
     * @param verdict the verdict
     * @param by the analyst's user id
     * @param at when
     * @param note why, in his words; empty where he gave none, and in a record rebuilt from events, which carry no notes
     */
    public record Ruling(Verdict verdict, String by, Instant at, Optional<String> note) {}
}
