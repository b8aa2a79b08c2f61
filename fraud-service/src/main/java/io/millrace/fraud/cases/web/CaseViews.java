package io.millrace.fraud.cases.web;

import io.millrace.events.Money;
import io.millrace.events.fraud.FraudOutcome;
import io.millrace.events.fraud.TransactionScored;
import io.millrace.fraud.cases.CaseStatus;
import io.millrace.fraud.cases.Decision;
import io.millrace.fraud.cases.FraudCase;
import io.millrace.fraud.cases.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Decisions and cases as clients see them. */
final class CaseViews {

    private CaseViews() {}

    /** What scoring decided about an order. */
    record DecisionView(
            UUID decisionId,
            UUID orderId,
            String customerId,
            Money amount,
            FraudOutcome outcome,
            double score,
            List<TransactionScored.Reason> reasons,
            String rulesVersion,
            Instant transactionAt) {

        static DecisionView of(Decision decision) {
            TransactionScored scored = decision.scored();
            return new DecisionView(
                    decision.id(),
                    scored.orderId(),
                    scored.customerId(),
                    scored.amount(),
                    scored.outcome(),
                    scored.score(),
                    scored.reasons(),
                    scored.rulesVersion(),
                    scored.transactionAt());
        }
    }

    /** A case, with the decision that led to it. */
    record CaseView(
            UUID orderId,
            CaseStatus status,
            DecisionView decision,
            Optional<RulingView> ruling,
            Optional<String> orderEnding) {

        static CaseView of(FraudCase each) {
            return new CaseView(
                    each.decision().scored().orderId(),
                    each.status(),
                    DecisionView.of(each.decision()),
                    each.ruling()
                            .map(ruling -> new RulingView(ruling.verdict(), ruling.by(), ruling.at(), ruling.note())),
                    each.orderEnding());
        }
    }

    /** What an analyst decided. */
    record RulingView(Verdict verdict, String decidedBy, Instant decidedAt, Optional<String> note) {}
}
