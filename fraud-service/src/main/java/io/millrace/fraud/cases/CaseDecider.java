package io.millrace.fraud.cases;

import io.millrace.fraud.cases.FraudCase.Ruling;

/** Decides what a verdict does to a case. The first counts; repeating it is answered as the first was. */
final class CaseDecider {

    private CaseDecider() {}

    static CaseDecision decide(FraudCase known, Ruling ruling) {
        return switch (known.status()) {
            case OPEN -> new CaseDecision.Ruled(ruling);
            case APPROVED -> repeated(Verdict.APPROVE, ruling);
            case DECLINED -> repeated(Verdict.DECLINE, ruling);
            case CLOSED -> new CaseDecision.OrderEnded();
        };
    }

    private static CaseDecision repeated(Verdict first, Ruling ruling) {
        return ruling.verdict() == first ? new CaseDecision.Unchanged() : new CaseDecision.RuledOtherwise();
    }
}
