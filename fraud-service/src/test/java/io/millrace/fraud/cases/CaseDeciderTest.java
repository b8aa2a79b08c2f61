package io.millrace.fraud.cases;

import static io.millrace.fraud.cases.CaseFixtures.decided;
import static io.millrace.fraud.cases.CaseFixtures.ruling;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.fraud.FraudOutcome;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CaseDeciderTest {

    @ParameterizedTest
    @EnumSource
    void takesTheFirstVerdict(Verdict verdict) {
        assertThat(CaseDecider.decide(caseIn(CaseStatus.OPEN), ruling(verdict)))
                .isEqualTo(new CaseDecision.Ruled(ruling(verdict)));
    }

    @ParameterizedTest
    @CsvSource({"APPROVED, APPROVE", "DECLINED, DECLINE"})
    void changesNothingWhenTheVerdictIsRepeated(CaseStatus status, Verdict verdict) {
        assertThat(CaseDecider.decide(caseIn(status), ruling(verdict))).isEqualTo(new CaseDecision.Unchanged());
    }

    @ParameterizedTest
    @CsvSource({"APPROVED, DECLINE", "DECLINED, APPROVE"})
    void refusesAnotherVerdict(CaseStatus status, Verdict verdict) {
        assertThat(CaseDecider.decide(caseIn(status), ruling(verdict))).isEqualTo(new CaseDecision.RuledOtherwise());
    }

    @ParameterizedTest
    @EnumSource
    void refusesAVerdictOnAnOrderThatHasEnded(Verdict verdict) {
        assertThat(CaseDecider.decide(caseIn(CaseStatus.CLOSED), ruling(verdict)))
                .isEqualTo(new CaseDecision.OrderEnded());
    }

    private static FraudCase caseIn(CaseStatus status) {
        return new FraudCase(decided(FraudOutcome.REVIEW), status, Optional.empty(), Optional.empty());
    }
}
