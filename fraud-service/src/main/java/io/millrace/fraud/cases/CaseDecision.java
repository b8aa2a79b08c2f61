package io.millrace.fraud.cases;

import io.millrace.fraud.cases.FraudCase.Ruling;

/** What a verdict does to a case. */
sealed interface CaseDecision {

    /** The case is decided by this ruling. */
    record Ruled(Ruling ruling) implements CaseDecision {}

    /** The same verdict was given before. */
    record Unchanged() implements CaseDecision {}

    /** Another verdict was given before. */
    record RuledOtherwise() implements CaseDecision {}

    /** The order ended before anybody decided. */
    record OrderEnded() implements CaseDecision {}
}
