package io.millrace.fraud.cases;

import io.millrace.events.Money;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.fraud.cases.FraudCase.Ruling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Decisions and verdicts for tests. */
final class CaseFixtures {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    private CaseFixtures() {}

    static Decision decided(FraudOutcome outcome) {
        return decided(outcome, NOON);
    }

    static Decision decided(FraudOutcome outcome, Instant at) {
        return new Decision(
                UUID.randomUUID(),
                new TransactionScored(
                        UUID.randomUUID(),
                        "c1",
                        new Money(300_000, "GBP"),
                        outcome,
                        0.7,
                        outcome == FraudOutcome.APPROVE
                                ? List.of()
                                : List.of(new TransactionScored.Reason("amount", "3000.00 GBP, \"large\"")),
                        "1-abc",
                        at));
    }

    static Ruling ruling(Verdict verdict) {
        return new Ruling(verdict, "ann", NOON.plusSeconds(60), Optional.of("called the customer"));
    }
}
